package dev.carillon.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.sample.SampleApp;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplateReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFunctionsTest {
  private static final Instant NOW = Instant.parse("2030-01-05T09:00:00Z");
  private static final List<String> ENDED = new CopyOnWriteArrayList<>();
  private static final StackActivity ACTIVITY = new StackActivity();

  @TempDir static Path folder;
  private static LocalFunctions functions;

  @BeforeAll
  static void load() {
    functions =
        new LocalFunctions(
            StackTemplateReader.read(SampleApp.in(folder), AccountRegion.LOCAL).functions(),
            new LocalFunctions.Surroundings(
                URI.create("http://127.0.0.1:9"),
                Map.of("CARILLON_ALLOWED_HOSTS", ""),
                AccessControl.unrestricted()),
            new InThisProcess(() -> NOW),
            ACTIVITY,
            (verb, failed, _) -> ENDED.add(verb + " " + failed));
  }

  @AfterAll
  static void close() throws IOException {
    functions.close();
  }

  @Test
  void a_function_lives_in_its_own_world() {
    assertThat(invoke("greet", "please-describe"))
        .isInstanceOfSatisfying(
            InvocationResult.Returned.class,
            returned ->
                assertThat(new String(returned.payload(), StandardCharsets.UTF_8).lines())
                    .containsExactly(
                        "AKIALOCALGREET",
                        "http://127.0.0.1:9",
                        "Sample-Table",
                        "2030-01-05T09:00:00Z",
                        "Sample-Greet",
                        "true",
                        "sample.jar",
                        "true"));
  }

  @Test
  void a_function_is_known_by_its_name_too() {
    assertThat(invoke("Sample-Greet", "{}")).isInstanceOf(InvocationResult.Returned.class);
  }

  @Test
  void its_access_key_says_who_it_is() {
    assertThat(functions.verbOf("AKIALOCALGREET")).isEqualTo("greet");
    assertThat(functions.verbOf("AKIASOMEBODYELSE")).isEqualTo("AKIASOMEBODYELSE");
  }

  @Test
  void what_a_handler_throws_is_a_failure_that_is_counted() {
    assertThat(invoke("greet", "please-fail"))
        .isEqualTo(new InvocationResult.Failed("java.lang.IllegalStateException", "as asked"));
    assertThat(ENDED).contains("greet true");
  }

  @Test
  void a_handler_that_hangs_is_given_up_after_its_timeout_and_leaves_the_stack_idle() {
    assertThat(invoke("greet", "please-hang")).isInstanceOf(InvocationResult.TimedOut.class);
  }

  @Test
  void an_answer_over_six_megabytes_is_a_failure() {
    assertThat(invoke("greet", "please-fill"))
        .isInstanceOfSatisfying(
            InvocationResult.Failed.class,
            failed -> assertThat(failed.errorType()).isEqualTo("Function.ResponseSizeTooLarge"));
  }

  @Test
  void an_event_over_six_megabytes_never_reaches_the_function() {
    assertThat(functions.invoke("greet", new byte[LocalFunctions.EVENT_LIMIT + 1]))
        .isInstanceOf(InvocationResult.EventTooLarge.class);
  }

  private static InvocationResult invoke(String name, String event) {
    return functions.invoke(name, event.getBytes(StandardCharsets.UTF_8));
  }
}
