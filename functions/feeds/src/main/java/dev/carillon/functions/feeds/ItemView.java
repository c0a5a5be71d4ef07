package dev.carillon.functions.feeds;

import dev.carillon.batch.Collected;
import dev.carillon.edge.view.ActivityView;
import dev.carillon.edge.view.AnswerRoom;
import dev.carillon.edge.view.Times;
import dev.carillon.edge.view.WithoutFiles;
import dev.carillon.functions.feeds.ReadFeed.Item;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A feed item as responses show it. One that would not fit into an answer leaves out of its
 * activities, and at last of its data, what is too much.
 */
final class ItemView {
  private ItemView() {}

  /**
   * @param people the views of the user and of all actors
   */
  static Json.Obj rich(Item item, String cursor, Map<RecipientId, Json.Obj> people) {
    var message = item.message();
    var shown =
        of(
                item,
                cursor,
                actors(message.actors(), people),
                WithoutFiles.fitting(item.content().data()))
            .with(
                "total_activities",
                Json.of(item.content().batch().map(Collected::totalActivities).orElse(1)));
    var room = new AnswerRoom();
    room.takes(shown);
    return shown.with(
        "activities",
        Json.array(
            ActivityView.all(message, item.content(), people::get).stream()
                .takeWhile(room::takes)
                .toList()));
  }

  /** Without activities, with one actor and of the data only what does not nest. */
  static Json.Obj compact(Item item, String cursor, Map<RecipientId, Json.Obj> people) {
    var data = item.content().data();
    for (var entry : data.fields().entrySet()) {
      data =
          switch (entry.getValue()) {
            case Json.Obj _, Json.Arr _ -> data.without(entry.getKey());
            case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> data;
          };
    }
    return of(
        item, cursor, actors(shownCompact(item.message()), people), WithoutFiles.fitting(data));
  }

  /** The actors that the compact form shows. */
  static List<RecipientId> shownCompact(Message message) {
    return message.actors().stream().limit(1).toList();
  }

  private static Json.Obj of(Item item, String cursor, Json actors, Json.Obj data) {
    var message = item.message();
    var source = message.source();
    return Json.object()
        .with("__typename", "FeedItem")
        .with("__cursor", cursor)
        .with("id", message.id().value())
        .with("actors", actors)
        .with(
            "total_actors",
            Json.of(
                item.content().batch().map(Collected::totalActors).orElse(message.actors().size())))
        .with("blocks", blocks(item.content().shown()))
        .with("data", data)
        .with("tenant", Json.ofNullable(message.tenant().map(TenantId::value)))
        .with(
            "source",
            Json.object()
                .with("__typename", "NotificationSource")
                .with("key", source.workflow().plain())
                .with("version_id", source.version().toString())
                .with("categories", Json.texts(source.categories())))
        .with("seen_at", at(message, Engagement.SEEN))
        .with("read_at", at(message, Engagement.READ))
        .with("interacted_at", at(message, Engagement.INTERACTED))
        .with("clicked_at", at(message, Engagement.LINK_CLICKED))
        .with("link_clicked_at", at(message, Engagement.LINK_CLICKED))
        .with("archived_at", at(message, Engagement.ARCHIVED))
        .with("inserted_at", Times.of(message.shownAt()))
        .with("updated_at", Times.of(message.updatedAt()));
  }

  private static Json blocks(Content content) {
    return switch (content) {
      case Content.InAppFeed(var blocks) -> blocks;
      case Content.Email _, Content.Sms _, Content.Push _, Content.Chat _, Content.Http _ ->
          Json.array(List.of());
    };
  }

  private static Json actors(List<RecipientId> ids, Map<RecipientId, Json.Obj> people) {
    return Json.array(ids.stream().map(people::get).toList());
  }

  private static Json at(Message message, Engagement what) {
    return Times.of(Optional.ofNullable(message.engagement().get(what)));
  }
}
