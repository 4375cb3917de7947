import { type Column as GlueColumn, Schema, type Type } from 'aws-cdk-lib/aws-glue';
import { ATTACHMENT_FIELDS, type AttachmentField, type Column, withoutPersonal } from '#lake/columns.ts';

const SIMPLE_TYPES = {
  text: Schema.STRING,
  number: Schema.DOUBLE,
  integer: Schema.BIG_INT,
  boolean: Schema.BOOLEAN,
  time: Schema.TIMESTAMP,
  texts: Schema.array(Schema.STRING),
} as const;

/** How Glue's catalog, and by it Athena, calls a column of the lake. @param personal whether the table tells who learners are */
export function glueColumn({ name, kind, description }: Column, personal: boolean): GlueColumn {
  return {
    name,
    type: kind === 'attachments' ? attachmentsType(personal) : SIMPLE_TYPES[kind],
    comment: description.replaceAll('`', ''),
  };
}

function attachmentsType(personal: boolean): Type {
  const fields = personal ? ATTACHMENT_FIELDS : withoutPersonal<AttachmentField>(ATTACHMENT_FIELDS);
  return Schema.array(Schema.struct(fields.map(({ name, kind }) => ({ name, type: SIMPLE_TYPES[kind] }))));
}
