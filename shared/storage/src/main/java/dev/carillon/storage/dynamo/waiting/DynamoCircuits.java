package dev.carillon.storage.dynamo.waiting;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.Circuit;
import dev.carillon.channel.Circuits;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Circuits in the table: a small item for each channel whose provider failed lately, a read unit
 * and a write unit each time.
 */
public final class DynamoCircuits implements Circuits {
  private static final String FAILURES = "n";
  private static final String SINCE = "s";
  private static final String OPEN_UNTIL = "u";
  private static final String OPENINGS = "o";

  /** Nobody needs to know of a provider that failed long ago. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final DynamoTable table;

  public DynamoCircuits(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Circuit find(EnvironmentId environment, ChannelId channel) {
    return table
        .get(WaitingKeys.circuit(environment, channel))
        .map(DynamoCircuits::read)
        .orElse(Circuit.CLOSED);
  }

  private static Circuit read(Item item) {
    long open = item.number(OPEN_UNTIL);
    return new Circuit(
        (int) item.number(FAILURES),
        Instant.ofEpochMilli(item.number(SINCE)),
        open == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(open)),
        (int) item.number(OPENINGS),
        item.number(Item.REVISION));
  }

  @Override
  public boolean save(EnvironmentId environment, ChannelId channel, Circuit circuit) {
    Instant last = circuit.openUntil().orElse(circuit.since());
    Instant now = table.now();
    Item next =
        Item.at(WaitingKeys.circuit(environment, channel))
            .number(FAILURES, circuit.failures())
            .number(SINCE, circuit.since().toEpochMilli())
            .number(OPEN_UNTIL, circuit.openUntil().map(Instant::toEpochMilli).orElse(0L))
            .number(OPENINGS, circuit.openings())
            .number(Item.REVISION, circuit.revision() + 1)
            .number(Item.TTL, (last.isAfter(now) ? last : now).plus(REMEMBERED).getEpochSecond());
    return table.putIf(
        next,
        circuit.revision() == 0 ? Condition.free(now) : Condition.revision(circuit.revision()));
  }
}
