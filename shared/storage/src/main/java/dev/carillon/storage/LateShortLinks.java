package dev.carillon.storage;

import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.outgoing.DynamoShortLinks;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.link.ShortKey;
import dev.carillon.tracking.link.ShortLinks;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Short links in the table, whose client is built for the first of them: a function that follows
 * links mostly meets standard ones, which need no table, and starts sooner without.
 */
public final class LateShortLinks implements ShortLinks {
  private final AwsClients clients;
  private final String table;
  private final InstantSource clock;
  private Optional<ShortLinks> built = Optional.empty();

  public LateShortLinks(AwsClients clients, String table, InstantSource clock) {
    this.clients = clients;
    this.table = table;
    this.clock = clock;
  }

  @Override
  public boolean put(ShortKey key, TrackedLink link) {
    return links().put(key, link);
  }

  @Override
  public Optional<TrackedLink> find(ShortKey key) {
    return links().find(key);
  }

  private synchronized ShortLinks links() {
    if (built.isEmpty()) {
      built = Optional.of(new DynamoShortLinks(new DynamoTable(clients::dynamo, table, clock)));
    }
    return built.get();
  }
}
