// A CloudFront function, runtime 2.0: it can import nothing, and CloudFront looks for the name `handler`.

/**
 * Gives an answer the header back that API Gateway may have renamed on its way. Without it a browser does not ask for
 * the key and the secret.
 */
// oxlint-disable-next-line no-unused-vars -- CloudFront calls it
function handler(event) {
  const headers = event.response.headers;
  const renamed = headers['x-amzn-remapped-www-authenticate'];
  if (renamed !== undefined) {
    headers['www-authenticate'] = renamed;
    delete headers['x-amzn-remapped-www-authenticate'];
  }
  return event.response;
}
