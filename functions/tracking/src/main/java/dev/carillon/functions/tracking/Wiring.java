package dev.carillon.functions.tracking;

import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.storage.AwsClients;
import dev.carillon.storage.SecretLinkKeys;
import dev.carillon.storage.SqsTracking;
import dev.carillon.storage.dynamo.DynamoShortLinks;
import dev.carillon.storage.dynamo.Table;
import dev.carillon.tracking.LinkTokens;
import dev.carillon.tracking.ShortKey;
import dev.carillon.tracking.ShortLinks;
import dev.carillon.tracking.TrackedLink;
import java.util.Optional;

/**
 * Builds the function's parts. Needs TABLE_NAME, TRACKING_QUEUE_URL and SECRET_PREFIX, and what
 * {@link AwsClients#of} needs. The client of the table is built for the first short link: standard
 * links, which are most, do without.
 */
final class Wiring {
  private final Environment environment;
  private final AwsClients clients;

  Wiring(Environment environment) {
    this.environment = environment;
    this.clients = AwsClients.of(environment);
  }

  FollowLink followLink() {
    var keys =
        SecretLinkKeys.of(clients, environment.require("SECRET_PREFIX"), environment.clock());
    return new FollowLink(
        new LinkTokens(keys),
        shortLinks(),
        new SqsTracking(clients.sqs(), environment.require("TRACKING_QUEUE_URL")),
        environment.clock(),
        Log.of(environment));
  }

  private ShortLinks shortLinks() {
    String table = environment.require("TABLE_NAME");
    return new ShortLinks() {
      private ShortLinks built;

      @Override
      public boolean put(ShortKey key, TrackedLink link) {
        return links().put(key, link);
      }

      @Override
      public Optional<TrackedLink> find(ShortKey key) {
        return links().find(key);
      }

      private synchronized ShortLinks links() {
        if (built == null) {
          built = new DynamoShortLinks(new Table(clients.dynamo(), table, environment.clock()));
        }
        return built;
      }
    };
  }
}
