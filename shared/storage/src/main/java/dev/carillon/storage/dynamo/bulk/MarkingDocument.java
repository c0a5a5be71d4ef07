package dev.carillon.storage.dynamo.bulk;

import dev.carillon.bulk.Marking;
import dev.carillon.bulk.Marking.Place;
import dev.carillon.bulk.MessageSelection;
import dev.carillon.bulk.MessageSelection.State;
import dev.carillon.bulk.MessageSelection.Tenancy;
import dev.carillon.channel.ChannelId;
import dev.carillon.feed.FeedQuery.Archived;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.EngagementStatus;
import dev.carillon.message.Mark;
import dev.carillon.message.MessageId;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.TenantId;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.workflow.WorkflowKey;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The change of many messages as it is stored. */
final class MarkingDocument {
  private MarkingDocument() {}

  static Json.Obj write(Marking marking) {
    return new DocumentFields()
        .put("m", marking.mark(), mark -> Json.of(mark.wireName()))
        .put("w", selection(marking.which()))
        .put("n", marking.noted(), id -> Json.of(id.value()))
        .put("p", marking.next(), MarkingDocument::place)
        .json();
  }

  static Marking read(Json.Obj document) {
    return new Marking(
        document.text("m").map(name -> Mark.named(name).orElseThrow()),
        selection(document.object("w")),
        DocumentFields.list(document, "n", it -> new MessageId(DocumentFields.text(it))),
        document.get("p").map(DocumentFields::object).map(MarkingDocument::place));
  }

  private static Json place(Place place) {
    return new DocumentFields()
        .put("r", place.recipient())
        .put("c", place.cursor(), Json::of)
        .json();
  }

  private static Place place(Json.Obj json) {
    return new Place(Math.toIntExact(DocumentFields.number(json, "r")), json.text("c"));
  }

  private static Json selection(MessageSelection which) {
    return new DocumentFields()
        .put("c", which.channel().toString())
        .put("r", which.recipients(), DocumentFields::recipient)
        .putObject("t", texts(which.tenancy().tenants(), TenantId::value))
        .put("h", which.tenancy().having(), Json::of)
        .putObject("k", texts(which.workflows(), WorkflowKey::value))
        .putObject("s", texts(which.state().status(), DeliveryStatus::wireName))
        .putObject("e", texts(which.state().engagement(), EngagementStatus::wireName))
        .put("a", which.state().archived().name())
        .putObject("d", new Json.Obj(which.data()))
        .put("f", which.insertedAt().start())
        .put("u", which.insertedAt().end())
        .json();
  }

  private static MessageSelection selection(Json.Obj json) {
    return new MessageSelection(
        new ChannelId(UUID.fromString(DocumentFields.text(json, "c"))),
        DocumentFields.list(json, "r", DocumentFields::recipient),
        new Tenancy(set(json, "t", TenantId::new), json.get("h").map(Json.TRUE::equals)),
        set(json, "k", WorkflowKey::new),
        new State(
            set(json, "s", name -> DeliveryStatus.named(name).orElseThrow()),
            set(json, "e", name -> EngagementStatus.named(name).orElseThrow()),
            Archived.valueOf(DocumentFields.text(json, "a"))),
        json.object("d").fields(),
        new TimeRange(DocumentFields.time(json, "f"), DocumentFields.time(json, "u")));
  }

  /** A set as the names of an object, in the order of their text. */
  private static <T> Json.Obj texts(Collection<T> values, Function<T, String> text) {
    Json.Obj set = Json.object();
    for (String name : values.stream().map(text).sorted().toList()) {
      set = set.with(name, Json.TRUE);
    }
    return set;
  }

  private static <T> Set<T> set(Json.Obj json, String name, Function<String, T> read) {
    return json.object(name).fields().keySet().stream().map(read).collect(Collectors.toSet());
  }
}
