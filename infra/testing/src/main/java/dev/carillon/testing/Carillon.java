package dev.carillon.testing;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.MessageContent;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.project.ProjectFolder;
import dev.carillon.recipient.RecipientId;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.FakeOutside;
import dev.carillon.testing.engine.InProcessEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Your workflows, tried out in a test of yours: what a trigger leads to, days later if need be,
 * within milliseconds and without anything leaving the process.
 *
 * <pre>{@code
 * var carillon = Carillon.load(Path.of("notifications"));
 * carillon.trigger("welcome", "{\"recipients\": [\"ada\"]}");
 * carillon.advance(Duration.ofDays(3));
 * assertThat(carillon.messages()).hasSize(2);
 * }</pre>
 *
 * <p>There are three channels, as in the local stack: {@code email}, {@code feed} and {@code
 * webhook}; {@link #load(Path, Instant, Path)} has yours instead. Mails and webhooks are taken by
 * providers that accept everything; steps on other channels are skipped as {@code
 * channel_not_configured}. The environment's name is {@code test}.
 *
 * <p>The first one in a process takes a second or so, while classes are loaded; a template is
 * compiled when it is first used. Not to be used from several threads.
 */
public final class Carillon {
  /** A Monday, nine o'clock in UTC: where the clock stands unless told otherwise. */
  public static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  private static final int ALL = 1_000_000;

  private final InProcessEngine engine;

  /**
   * A message as it stands.
   *
   * @param id what calls of the API name it by
   * @param recipient the id of the user; of an object, {@code collection/id}
   * @param channel the key of the channel
   * @param channelType {@code email}, {@code in_app_feed} or {@code http}
   * @param subject of an email; empty otherwise
   * @param text the text part of an email, the body of a webhook; empty for a feed item
   * @param html the HTML part of an email, the body of a feed item; empty for a webhook
   * @param status {@code queued}, {@code sent}, {@code delivered}, …: an email stays {@code sent},
   *     because nobody confirms that it arrived
   */
  public record Message(
      String id,
      String recipient,
      String workflow,
      String channel,
      String channelType,
      String subject,
      String text,
      String html,
      String status) {}

  private Carillon(InProcessEngine engine) {
    this.engine = engine;
  }

  /** As {@link #load(Path, Instant)}, with the clock at {@link #START}. */
  public static Carillon load(Path project) {
    return load(project, START);
  }

  /**
   * Pushes a project and waits for triggers.
   *
   * @param project what {@code ./carillon up --workflows} takes: a folder with {@code workflows/}
   *     and, beside it, {@code layouts/}, {@code partials/}, {@code variables.json} and {@code
   *     environment.json}; or a folder of workflows
   * @param start where the clock stands at first
   * @throws IllegalArgumentException when there is no workflow in it, or anything is refused; the
   *     message has a line for each thing, with file, step and reason
   */
  public static Carillon load(Path project, Instant start) {
    return pushed(InProcessEngine.at(start), project);
  }

  /**
   * As {@link #load(Path, Instant)}, with channels of your own in the place of the three.
   *
   * @param channels what {@code ./carillon push --channels} takes: a JSON file with a list {@code
   *     channels}; what else is in it does not count
   */
  public static Carillon load(Path project, Instant start, Path channels) {
    return pushed(InProcessEngine.at(start, object(text(channels)).list("channels")), project);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(file.toAbsolutePath() + " is no file", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Carillon pushed(InProcessEngine engine, Path project) {
    List<Json> refused = engine.refused(new ProjectFolder(project).filesWithWorkflow());
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          refused.stream().map(Carillon::line).collect(Collectors.joining("\n")));
    }
    engine.settle();
    return new Carillon(engine);
  }

  private static String line(Json refused) {
    var one = (Json.Obj) refused;
    return one.text("file").orElse("")
        + one.text("step").map(ref -> ", step " + ref).orElse("")
        + ": "
        + one.text("reason").orElse("");
  }

  /**
   * Triggers a workflow and lets happen what happens at once.
   *
   * @param json the body of {@code POST /v1/workflows/{key}/trigger}
   * @return the id that the call was answered with
   * @throws IllegalArgumentException when the body is no JSON object, or the call is refused: the
   *     message then has the status and the answer
   */
  public String trigger(String workflow, String json) {
    return call(Call.trigger(workflow, object(json))).text("workflow_run_id").orElseThrow();
  }

  private static Json.Obj object(String json) {
    try {
      if (JsonText.parse(json) instanceof Json.Obj object) {
        return object;
      }
    } catch (MalformedJson e) {
      throw new IllegalArgumentException(e.located() + "\n" + json, e);
    }
    throw new IllegalArgumentException("This is no JSON object: " + json);
  }

  /**
   * Makes any other call of the API with the secret key, such as {@code
   * Call.put("/v1/messages/…/seen", Json.object())}, and lets happen what happens at once.
   *
   * @return the body of the answer
   * @throws IllegalArgumentException when the answer is not 2xx; the message has the status and the
   *     answer
   */
  public Json.Obj call(Call call) {
    return answered(call).body();
  }

  /**
   * As {@link #call}, for a call that is answered with a bare list, as one that makes schedules.
   */
  public List<Json.Obj> list(Call call) {
    return answered(call).list();
  }

  private CallAnswer answered(Call call) {
    CallAnswer answer = engine.call(call);
    if (!answer.ok()) {
      throw new IllegalArgumentException(
          "%s %s is answered with %d: %s"
              .formatted(call.method(), call.path(), answer.status(), answer.json()));
    }
    engine.settle();
    return answer;
  }

  /**
   * Why somebody did or didn't get something: a sentence or two for each run, the newest first;
   * when there was none, why not.
   *
   * @param recipient as {@link Message#recipient} has it
   */
  public List<String> explain(String recipient, String workflow) {
    int slash = recipient.indexOf('/');
    String who =
        slash < 0
            ? "recipient=" + encoded(recipient)
            : "recipient.collection="
                + encoded(recipient.substring(0, slash))
                + "&recipient.id="
                + encoded(recipient.substring(slash + 1));
    Json.Obj answer = call(Call.get("/v1/explain?" + who + "&workflow=" + encoded(workflow)));
    return Stream.concat(
            sentences(answer, "items", "answer"), sentences(answer, "reasons", "sentence"))
        .toList();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static Stream<String> sentences(Json.Obj answer, String list, String field) {
    return answer.list(list).stream().map(it -> ((Json.Obj) it).text(field).orElseThrow());
  }

  /**
   * Lets time pass, with everything that is due on the way, each at its instant.
   *
   * @throws IllegalArgumentException when it is to pass backwards
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("Time does not go back: " + by);
    }
    engine.advance(by);
  }

  /** Where the clock stands. */
  public Instant now() {
    return engine.now();
  }

  /** All messages, in the order in which they were made. */
  public List<Message> messages() {
    Map<ChannelId, String> channels =
        engine.ports().channels().all(InProcessEngine.ENVIRONMENT).stream()
            .collect(Collectors.toMap(Channel::id, Channel::key));
    return engine
        .ports()
        .messages()
        .newestFirst(InProcessEngine.ENVIRONMENT, TimeRange.ALL, _ -> true, PageRequest.first(ALL))
        .items()
        .stream()
        .sorted(
            Comparator.comparing(dev.carillon.message.Message::insertedAt)
                .thenComparing(message -> message.id().value()))
        .map(message -> shown(message, channels.get(message.channel())))
        .toList();
  }

  private Message shown(dev.carillon.message.Message message, String channel) {
    Json.Obj words =
        engine
            .ports()
            .messages()
            .content(InProcessEngine.ENVIRONMENT, message.id())
            .map(MessageContent::content)
            .map(ContentCodec::write)
            .orElse(Json.Obj.EMPTY);
    return new Message(
        message.id().value(),
        recipient(message),
        message.source().workflow().value(),
        channel,
        message.channelType().wireName(),
        words.text("subject_line").orElse(""),
        words.text("text_body").or(() -> words.text("body")).orElse(""),
        words.text("html_body").or(() -> feedBody(words)).orElse(""),
        message.status().wireName());
  }

  private static String recipient(dev.carillon.message.Message message) {
    RecipientId id = message.recipient();
    return id.isUser() ? id.id() : id.collection() + "/" + id.id();
  }

  /** A feed item's body is the block of that name. */
  private static Optional<String> feedBody(Json.Obj words) {
    return words.list("blocks").stream()
        .map(Json.Obj.class::cast)
        .filter(block -> block.text("name").equals(Optional.of("body")))
        .findFirst()
        .flatMap(block -> block.text("rendered"));
  }

  /** The services that fetch steps ask: tell it what they answer, see what they were asked. */
  public FakeOutside outside() {
    return engine.outside();
  }

  /** All that is below this: providers that fail, reports of SES, runs with their logs. */
  public InProcessEngine engine() {
    return engine;
  }
}
