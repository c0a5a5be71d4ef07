package dev.carillon.memory.contract.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Channels;
import dev.carillon.content.Assets;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Environments;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.VersionId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an environment is set up with: channels, layouts and partials, variables, settings. */
public abstract class SettingsContract {

  /** Each as a reader has it that is not the writer. */
  public record Settings(
      Channels channels, Assets assets, Variables variables, Environments environments) {}

  private static final ContentId DEFAULT = new ContentId(ContentType.EMAIL_LAYOUT, "default");
  private static final ContentId A = new ContentId(ContentType.PARTIAL, "a");
  private static final Duration SECONDS = Duration.ofSeconds(5);

  private final EnvironmentId environment = Samples.environment();
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private Settings writer;
  private Settings reader;

  /** The same settings each time it is called in one test. */
  protected abstract Settings settings(MutableClock clock);

  @BeforeEach
  void prepare() {
    writer = settings(clock);
    reader = settings(clock);
  }

  private static Channel channel(String key) {
    return new Channel(
        new ChannelId(UUID.randomUUID()),
        key,
        "The " + key,
        ChannelType.EMAIL,
        "email_aws_ses",
        Json.object().with("sandbox_mode", Json.TRUE),
        Samples.NOW,
        Samples.later(1));
  }

  @Test
  void channels_are_found_by_key_and_id() {
    Channel email = channel("email");
    Channel feed = channel("feed");
    assertThat(reader.channels().all(environment)).isEmpty();
    writer.channels().put(environment, email);
    writer.channels().put(environment, feed);
    writer.channels().put(environment, feed);
    clock.advance(SECONDS);
    assertThat(reader.channels().all(environment)).containsExactlyInAnyOrder(email, feed);
    assertThat(writer.channels().find(environment, "feed")).contains(feed);
    assertThat(reader.channels().find(environment, email.id().toString())).contains(email);
    assertThat(reader.channels().find(environment, "other")).isEmpty();
    assertThat(reader.channels().all(Samples.environment())).isEmpty();
  }

  @Test
  void a_channel_lacks_what_it_needs_until_it_is_noted() {
    Channel email = channel("email");
    Channel feed = channel("feed");
    writer.channels().put(environment, email, List.of("account_id", "api_key"));
    writer.channels().put(environment, feed);
    clock.advance(SECONDS);
    assertThat(reader.channels().configured(environment).lacking())
        .isEqualTo(Map.of(email.id(), List.of("account_id", "api_key")));
    writer.channels().noteCredentials(environment, email.id(), Set.of("api_key", "other"));
    writer.channels().put(environment, email, List.of("account_id", "api_key"));
    clock.advance(SECONDS);
    assertThat(reader.channels().configured(environment).lackedBy(email))
        .containsExactly("account_id");
    writer.channels().put(environment, email, List.of("api_key"));
    clock.advance(SECONDS);
    assertThat(reader.channels().configured(environment).lacking()).isEmpty();
    writer.channels().noteCredentials(environment, email.id(), Set.of());
    writer.channels().noteCredentials(environment, channel("none").id(), Set.of("api_key"));
    clock.advance(SECONDS);
    assertThat(reader.channels().configured(environment).lackedBy(email))
        .containsExactly("api_key");
    assertThat(reader.channels().all(environment)).containsExactlyInAnyOrder(email, feed);
  }

  @Test
  void a_commit_of_assets_replaces_them_all() {
    assertThat(reader.assets().serving(environment)).isEmpty();
    assertThat(reader.assets().current(environment)).isEqualTo(Assets.Library.EMPTY);
    Json.Obj layout = Json.object().with("html_layout", "<p>ü</p>");
    Json.Obj card = Json.object().with("type", "html").with("content", "a");
    var first =
        new Assets.Library(
            Json.object().with("default", layout),
            Json.object().with("a", card),
            Json.object().with("de/shop", Json.object().with("locale_code", "de")));
    writer.assets().commit(environment, first);
    assertThat(writer.assets().current(environment)).isEqualTo(first);
    assertThat(reader.assets().current(environment)).isEqualTo(first);
    clock.advance(SECONDS);
    assertThat(reader.assets().serving(environment))
        .isEqualTo(writer.assets().servingNow(environment))
        .containsOnlyKeys(DEFAULT, A, new ContentId(ContentType.TRANSLATION, "de/shop"));
    var second =
        new Assets.Library(
            Json.object().with("other", layout.with("html_layout", "2")), Json.Obj.EMPTY);
    writer.assets().commit(environment, second);
    clock.advance(SECONDS);
    assertThat(reader.assets().serving(environment))
        .containsOnlyKeys(new ContentId(ContentType.EMAIL_LAYOUT, "other"));
    assertThat(reader.assets().current(environment)).isEqualTo(second);
    assertThat(reader.assets().current(Samples.environment())).isEqualTo(Assets.Library.EMPTY);
  }

  @Test
  void parts_are_read_by_their_versions_also_when_others_serve_by_now() {
    for (String content : List.of("one", "two", "x".repeat(20_000))) {
      var library =
          new Assets.Library(
              Json.Obj.EMPTY,
              Json.object().with("a", Json.object().with("type", "html").with("content", content)));
      writer.assets().commit(environment, library);
      Map<ContentId, VersionId> serving = writer.assets().servingNow(environment);
      clock.advance(SECONDS);
      writer.assets().commit(environment, Assets.Library.EMPTY);
      assertThat(reader.assets().parts(environment, serving))
          .containsOnlyKeys(A)
          .containsEntry(A, library.partials().object("a"));
      assertThat(reader.assets().parts(Samples.environment(), serving)).isEmpty();
    }
  }

  @Test
  void variables_are_public_or_secret_and_replaced_together() {
    assertThat(reader.variables().values(environment)).isEqualTo(Variables.Values.EMPTY);
    var first = new Variables.Values(Json.object().with("a", "1"), Json.object().with("s", "x"));
    writer.variables().put(environment, first);
    clock.advance(SECONDS);
    assertThat(reader.variables().values(environment)).isEqualTo(first);
    assertThat(reader.variables().open(environment)).isEqualTo(first.open());
    assertThat(reader.variables().secretNames(environment)).containsExactly("s");
    var second = new Variables.Values(Json.object().with("b", Json.TRUE), Json.Obj.EMPTY);
    writer.variables().put(environment, second);
    clock.advance(SECONDS);
    assertThat(reader.variables().values(environment)).isEqualTo(second);
    assertThat(reader.variables().secretNames(environment)).isEmpty();
    writer.variables().put(environment, first);
    clock.advance(SECONDS);
    assertThat(reader.variables().values(environment)).isEqualTo(first);
  }

  @Test
  void a_change_of_variables_is_made_of_what_there_is() {
    var first = new Variables.Values(Json.object().with("a", "1"), Json.object().with("s", "x"));
    writer.variables().put(environment, first);
    assertThat(
            writer
                .variables()
                .change(
                    environment, it -> new Variables.Values(it.open().with("b", "2"), it.secret())))
        .isTrue();
    clock.advance(SECONDS);
    assertThat(reader.variables().open(environment))
        .isEqualTo(Json.object().with("a", "1").with("b", "2"));
    assertThat(reader.variables().secretNames(environment)).containsExactly("s");
    assertThat(reader.variables().values(environment).secret()).isEqualTo(first.secret());
    assertThat(
            writer
                .variables()
                .change(
                    environment, it -> new Variables.Values(it.open(), it.secret().with("t", "y"))))
        .isTrue();
    clock.advance(SECONDS);
    assertThat(reader.variables().values(environment).secret())
        .isEqualTo(Json.object().with("s", "x").with("t", "y"));
    assertThat(reader.variables().secretNames(environment)).containsExactlyInAnyOrder("s", "t");
  }

  @Test
  void of_changes_of_settings_at_once_none_is_lost() throws Exception {
    int atOnce = 8;
    var racers = new AtomicInteger();
    Race.run(
        atOnce,
        () -> {
          String name = "p" + racers.incrementAndGet();
          writer
              .environments()
              .change(
                  environment, it -> it.withPreferences(it.preferences().with(name, Json.TRUE)));
          return name;
        });
    clock.advance(SECONDS);
    assertThat(reader.environments().settings(environment).preferences().fields()).hasSize(atOnce);
  }

  @Test
  void an_environment_has_the_settings_that_were_put_last() {
    var none = dev.carillon.environment.EnvironmentSettings.NONE;
    assertThat(reader.environments().settings(environment)).isEqualTo(none);
    var first =
        new dev.carillon.environment.EnvironmentSettings(
            Optional.of(ZoneId.of("America/New_York")),
            Json.object().with("channel_types", Json.object().with("email", Json.FALSE)),
            List.of(Json.object().with("key", "push-all").with("operator", "any"), Samples.DATA),
            Json.object().with("link", "go.example.com"),
            Json.object()
                .with("title", "What we may tell you")
                .with("rows", Json.array(List.of())));
    writer.environments().put(environment, first);
    assertThat(writer.environments().settings(environment)).isEqualTo(first);
    clock.advance(SECONDS);
    assertThat(reader.environments().settings(environment)).isEqualTo(first);
    assertThat(reader.environments().settings(Samples.environment())).isEqualTo(none);
    writer.environments().put(environment, none);
    clock.advance(SECONDS);
    assertThat(reader.environments().settings(environment)).isEqualTo(none);
  }
}
