package dev.carillon.functions.api.messages;

import dev.carillon.edge.Ids;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.Messages;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.RunMessages;
import dev.carillon.run.Runs;
import dev.carillon.trigger.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The messages of one recipient, found by its runs: the newest run first, and of a run the newest
 * message. So a page reads what it shows, however many messages others have. A position is the id
 * of a run, a space, and the id of a message, or nothing for the run's end.
 */
final class RecipientMessages {
  private final Runs runs;
  private final Messages messages;

  RecipientMessages(Runs runs, Messages messages) {
    this.runs = runs;
    this.messages = messages;
  }

  /** One of a list. */
  record ListedMessage(Message message, String position) {}

  private record MessagePlace(RunId run, String message) {
    /** Empty when the text is no position. */
    static Optional<MessagePlace> of(String position) {
      int space = position.indexOf(' ');
      return space < 0
          ? Optional.empty()
          : Ids.uuid(position.substring(0, space))
              .map(id -> new MessagePlace(new RunId(id), position.substring(space + 1)));
    }
  }

  /** A page may hold fewer than asked for and still have a next one. */
  Page<ListedMessage> page(
      EnvironmentId environment,
      RecipientId recipient,
      MessageFilters filters,
      PageRequest request) {
    return request.before().isPresent()
        ? before(environment, recipient, filters, request)
        : after(environment, recipient, filters, request);
  }

  private Page<ListedMessage> after(
      EnvironmentId environment,
      RecipientId recipient,
      MessageFilters filters,
      PageRequest request) {
    Optional<MessagePlace> place = request.after().flatMap(MessagePlace::of);
    var rows = new ArrayList<ListedMessage>();
    place
        .flatMap(it -> runs.find(environment, it.run()))
        .filter(run -> run.recipient().equals(recipient))
        .ifPresent(
            run ->
                rows(environment, List.of(run), filters).stream()
                    .filter(it -> it.message().id().value().compareTo(place.get().message()) < 0)
                    .forEach(rows::add));
    Page<Run> page =
        runs(
            environment,
            recipient,
            new PageRequest(
                place.map(it -> it.run().toString()), Optional.empty(), request.size()));
    rows.addAll(rows(environment, page.items(), filters));
    if (rows.size() > request.size()) {
      List<ListedMessage> shown = rows.subList(0, request.size());
      return new Page<>(shown, Optional.of(shown.getLast().position()));
    }
    return new Page<>(rows, page.next().map(it -> it + " "));
  }

  private Page<ListedMessage> before(
      EnvironmentId environment,
      RecipientId recipient,
      MessageFilters filters,
      PageRequest request) {
    Optional<MessagePlace> place = request.before().flatMap(MessagePlace::of);
    var rows =
        new ArrayList<>(
            rows(
                environment,
                runs(
                        environment,
                        recipient,
                        new PageRequest(
                            Optional.empty(),
                            Optional.of(place.map(it -> it.run().toString()).orElse("")),
                            request.size()))
                    .items(),
                filters));
    place
        .flatMap(it -> runs.find(environment, it.run()))
        .filter(run -> run.recipient().equals(recipient))
        .ifPresent(
            run ->
                rows(environment, List.of(run), filters).stream()
                    .filter(it -> it.message().id().value().compareTo(place.get().message()) > 0)
                    .forEach(rows::add));
    List<ListedMessage> nearest =
        rows.subList(Math.max(0, rows.size() - request.size()), rows.size());
    return new Page<>(
        nearest, nearest.isEmpty() ? Optional.empty() : Optional.of(nearest.getLast().position()));
  }

  private Page<Run> runs(EnvironmentId environment, RecipientId recipient, PageRequest request) {
    return runs.newestFirst(environment, recipient, TimeRange.ALL, _ -> true, request);
  }

  private List<ListedMessage> rows(
      EnvironmentId environment, List<Run> some, MessageFilters filters) {
    var made = RunMessages.by(some, environment, messages);
    var rows = new ArrayList<ListedMessage>();
    for (Run run : some) {
      RunMessages.of(run, made).stream()
          .filter(message -> filters.wants(message, it -> data(environment, it)))
          .sorted(Comparator.comparing((Message it) -> it.id().value()).reversed())
          .forEach(it -> rows.add(new ListedMessage(it, run.id() + " " + it.id().value())));
    }
    return rows;
  }

  private Json.Obj data(EnvironmentId environment, Message message) {
    return messages
        .content(environment, message.id())
        .map(MessageContent::data)
        .orElse(Json.Obj.EMPTY);
  }
}
