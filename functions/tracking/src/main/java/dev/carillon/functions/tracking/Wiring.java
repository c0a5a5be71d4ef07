package dev.carillon.functions.tracking;

import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.storage.AwsClients;
import dev.carillon.storage.LateShortLinks;
import dev.carillon.storage.SecretLinkKeys;
import dev.carillon.storage.SqsTracking;
import dev.carillon.tracking.link.LinkTokens;

/**
 * Builds the function's parts. Needs TABLE_NAME, ENGAGE_QUEUE_URL and SECRET_PREFIX, and what
 * {@link AwsClients#of} needs.
 */
final class Wiring {
  private final Environment environment;

  Wiring(Environment environment) {
    this.environment = environment;
  }

  FollowLink followLink() {
    var clients = AwsClients.of(environment);
    var clock = environment.clock();
    return new FollowLink(
        new LinkTokens(SecretLinkKeys.of(clients, environment.require("SECRET_PREFIX"), clock)),
        new LateShortLinks(clients, environment.require("TABLE_NAME"), clock),
        SqsTracking.of(clients, environment.require("ENGAGE_QUEUE_URL")),
        clock,
        Log.of(environment));
  }
}
