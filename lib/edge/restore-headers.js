// A function of Lambda@Edge: it is deployed as this file alone.

/**
 * Gives an answer the header back that API Gateway may have renamed on its way. Without it a browser does not ask for
 * the key and the secret.
 */
exports.handler = async ({ Records }) => {
  const { response } = Records[0].cf;
  const renamed = response.headers['x-amzn-remapped-www-authenticate'];
  if (renamed !== undefined) {
    response.headers['www-authenticate'] = renamed.map(({ value }) => ({ key: 'WWW-Authenticate', value }));
    delete response.headers['x-amzn-remapped-www-authenticate'];
  }
  return response;
};
