package dev.carillon.functions.api.export;

import dev.carillon.channel.Channel;
import dev.carillon.channel.Channels;
import dev.carillon.edge.view.MessageView;
import dev.carillon.edge.view.RunView;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.messages.ContentView;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.Messages;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.RunMessages;
import dev.carillon.run.Runs;
import dev.carillon.runtime.Ports;
import dev.carillon.tracking.EmailEvents;
import dev.carillon.tracking.TrackingEvents;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The runs of a user, newest first, each with its log and the messages that it made. */
final class RunsAndMessages {
  private static final int PAGE = 20;

  /** Of JSON: a response of Lambda has 6 MB, and what else is exported needs some of it. */
  private static final int BYTES = 3 * 1024 * 1024;

  private final Runs runs;
  private final Triggers triggers;
  private final Messages messages;
  private final Channels channels;
  private final TrackingEvents tracking;

  RunsAndMessages(Ports ports) {
    this.runs = ports.runs();
    this.triggers = ports.triggers();
    this.messages = ports.messages();
    this.channels = ports.channels();
    this.tracking = ports.trackingEvents();
  }

  /** As many as one response holds, and where the others begin. */
  Page<Json> after(EnvironmentId environment, RecipientId user, Optional<String> position) {
    List<Channel> configured = channels.all(environment);
    var all = new ArrayList<Json>();
    int bytes = 0;
    Optional<String> after = position;
    do {
      Page<Run> page =
          runs.newestFirst(
              environment,
              user,
              TimeRange.ALL,
              _ -> true,
              new PageRequest(after, Optional.empty(), PAGE));
      var made = RunMessages.by(page.items(), environment, messages);
      for (Run run : page.items()) {
        Json shown =
            RunView.detailed(run)
                .with("trigger", said(run))
                .with(
                    "messages",
                    Json.array(
                        RunMessages.of(run, made).stream()
                            .map(it -> message(environment, configured, it))
                            .toList()));
        bytes += JsonText.bytes(shown).length;
        all.add(shown);
      }
      after = page.next();
    } while (after.isPresent() && bytes < BYTES);
    return new Page<>(all, after);
  }

  /** What the trigger said to the run and about whom it is of; null when it is kept no more. */
  private Json said(Run run) {
    return triggers
        .find(run.environment(), run.trigger())
        .<Json>map(
            it ->
                Json.object()
                    .with("data", run.carried().data().orElse(it.dataFor(run.recipient())))
                    .with("identified", identified(it, run.recipient())))
        .orElse(Json.NULL);
  }

  private static Json identified(Trigger trigger, RecipientId user) {
    return Stream.concat(trigger.named(user).stream(), trigger.actor().stream())
        .filter(it -> it.id().equals(user))
        .flatMap(it -> it.identification().stream())
        .reduce(Identification::then)
        .<Json>map(
            it ->
                Json.object()
                    .with("properties", it.properties())
                    .with("preferences", objects(it.preferences()))
                    .with("channel_data", objects(it.channelData())))
        .orElse(Json.NULL);
  }

  private static Json.Obj objects(Map<String, Json.Obj> some) {
    return new Json.Obj(Map.copyOf(some));
  }

  private Json message(EnvironmentId environment, List<Channel> configured, Message message) {
    Optional<MessageContent> content = messages.content(environment, message.id());
    Json.Obj data = content.map(MessageContent::data).orElse(Json.Obj.EMPTY);
    return MessageView.of(message, configured, data)
        .with("data", data) // with its files, which other views leave out
        .with("recipient_snapshot", message.snapshot())
        .with("content", content.<Json>map(it -> ContentView.of(message, it)).orElse(Json.NULL))
        .with(
            "email_events",
            Json.array(
                tracking.ofMessage(environment, message.id()).stream()
                    .map(EmailEvents::shown)
                    .toList()))
        .with(
            "events",
            Json.array(
                IntStream.range(0, message.events().size())
                    .mapToObj(index -> MessageView.event(message, index))
                    .toList()));
  }
}
