package dev.carillon.storage.dynamo.outgoing;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.MessageId;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.link.LinkTarget;
import dev.carillon.tracking.link.ShortKey;
import dev.carillon.tracking.link.ShortLinks;
import java.util.Optional;

/** Short links in the table, for good: one item each, without a time to live. */
public final class DynamoShortLinks implements ShortLinks {
  private static final String ENVIRONMENT = "e";
  private static final String MESSAGE = "m";
  private static final String KIND = "k";
  private static final String INDEX = "i";
  private static final String TARGET = "t";

  private final DynamoTable table;

  public DynamoShortLinks(DynamoTable table) {
    this.table = table;
  }

  /** Writes first: a key is rarely taken. */
  @Override
  public boolean put(ShortKey key, TrackedLink link) {
    Item item =
        Item.at(OutgoingKeys.shortLink(key))
            .text(ENVIRONMENT, link.environment().value())
            .text(MESSAGE, link.message().value())
            .text(KIND, link.kind().wireName())
            .number(INDEX, link.index())
            .text(TARGET, link.target().value());
    return table.putIf(item, Condition.NEW) || find(key).equals(Optional.of(link));
  }

  @Override
  public Optional<TrackedLink> find(ShortKey key) {
    return table.get(OutgoingKeys.shortLink(key)).map(DynamoShortLinks::link);
  }

  private static TrackedLink link(Item item) {
    return new TrackedLink(
        new EnvironmentId(item.text(ENVIRONMENT)),
        new MessageId(item.text(MESSAGE)),
        TrackedLink.Kind.named(item.text(KIND))
            .orElseThrow(() -> new IllegalStateException("A short link of an unknown kind")),
        Math.toIntExact(item.number(INDEX)),
        new LinkTarget(item.text(TARGET)));
  }
}
