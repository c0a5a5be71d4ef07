package dev.carillon.edge.view;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.edge.access.Caller;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.tracking.Engage;
import java.util.List;
import java.util.Optional;

/** A message and what happened to it, as responses and webhooks show them. */
public final class MessageView {
  private MessageView() {}

  /**
   * As {@link #of}, and without addresses and other properties of its recipient for who may not see
   * them.
   */
  public static Json.Obj to(Caller caller, Message message, List<Channel> channels, Json.Obj data) {
    Json.Obj shown = of(message, channels, data);
    return caller.seesProperties()
        ? shown
        : shown.with("recipient_snapshot", RecipientView.profile(message.snapshot()));
  }

  /**
   * @param channels those of the message's environment
   * @param data what the templates were given; files in it are left out, and all of it when it
   *     would not fit into an answer
   */
  public static Json.Obj of(Message message, List<Channel> channels, Json.Obj data) {
    var shown =
        Json.object()
            .with("__typename", "Message")
            .with("id", message.id().value())
            .with("channel_id", message.channel().toString());
    var channel = named(message.channel(), channels);
    if (channel.isPresent()) {
      shown = shown.with("channel", channel(channel.get()));
    }
    if (!message.takenBy().equals(message.channel())) {
      // Beyond Knock: another channel took it over.
      shown = shown.with("delivered_by_channel_id", message.takenBy().toString());
    }
    var opened = Engage.openedAt(message);
    if (opened.isPresent()) {
      // The second product's; read_at is that of the latest.
      shown = shown.with("opened_at", Times.of(opened.get()));
    }
    return shown
        .with("recipient", message.recipient().reference())
        .with("recipient_snapshot", message.snapshot())
        .with("actors", Json.array(message.actors().stream().map(RecipientId::reference).toList()))
        .with("workflow", message.source().workflow().plain())
        .with("tenant", Json.ofNullable(message.tenant().map(TenantId::value)))
        .with("status", message.status().wireName())
        .with("engagement_statuses", engagements(message))
        .with("seen_at", at(message, Engagement.SEEN))
        .with("read_at", at(message, Engagement.READ))
        .with("interacted_at", at(message, Engagement.INTERACTED))
        .with("clicked_at", at(message, Engagement.LINK_CLICKED))
        .with("link_clicked_at", at(message, Engagement.LINK_CLICKED))
        .with("archived_at", at(message, Engagement.ARCHIVED))
        .with("scheduled_at", Times.of(message.scheduledAt()))
        .with("metadata", Json.object().with("external_id", Json.ofNullable(message.externalId())))
        .with("data", WithoutFiles.fitting(data))
        .with("source", source(message.source()))
        // Beyond Knock: the trace that it is part of, as it is logged and told to endpoints.
        .with("trace_id", message.trace().id())
        .with("inserted_at", Times.of(message.insertedAt()))
        .with("updated_at", Times.of(message.updatedAt()));
  }

  /**
   * @param index the place of the event among those of its message, from 0
   */
  public static Json.Obj event(Message message, int index) {
    var event = message.events().get(index);
    return Json.object()
        .with("__typename", "MessageEvent")
        .with(
            "id",
            Ksuid.of(
                event.at(),
                Digest.of("message event", message.id().value(), Integer.toString(index))))
        .with("type", "message." + event.type())
        .with("recipient", message.recipient().reference())
        .with("data", event.data().fields().isEmpty() ? Json.NULL : event.data())
        .with("inserted_at", Times.of(event.at()));
  }

  private static Optional<Channel> named(ChannelId id, List<Channel> channels) {
    return channels.stream().filter(channel -> channel.id().equals(id)).findFirst();
  }

  private static Json.Obj channel(Channel channel) {
    return Json.object()
        .with("id", channel.id().toString())
        .with("key", channel.key())
        .with("name", channel.name())
        .with("provider", channel.provider())
        .with("type", channel.type().wireName())
        .with("created_at", Times.of(channel.createdAt()))
        .with("updated_at", Times.of(channel.updatedAt()));
  }

  private static Json.Obj source(Message.Source source) {
    return Json.object()
        .with("__typename", "NotificationSource")
        .with("key", source.workflow().plain())
        .with("version_id", source.version().toString())
        .with("categories", Json.texts(source.categories()))
        .with("step_ref", source.step().value())
        .with("type", source.workflow().kind())
        .with("workflow_run_id", source.trigger().toString())
        .with("workflow_recipient_run_id", source.run().toString());
  }

  private static Json engagements(Message message) {
    return Json.texts(
        message.engagement().keySet().stream().sorted().map(Engagement::wireName).toList());
  }

  private static Json at(Message message, Engagement what) {
    return Times.of(Optional.ofNullable(message.engagement().get(what)));
  }
}
