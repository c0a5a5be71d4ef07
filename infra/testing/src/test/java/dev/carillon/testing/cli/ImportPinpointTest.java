package dev.carillon.testing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.MessageContent;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.project.Api;
import dev.carillon.project.ImportReport;
import dev.carillon.project.pinpoint.ImportPinpoint;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Amazon Pinpoint gave out is brought in, and what has no place here is said. */
class ImportPinpointTest {
  private static final Path EXPORT = Path.of("src", "test", "projects", "pinpoint", "export.json");

  private EngineOverHttp carillon;

  @BeforeEach
  void start() throws IOException {
    carillon = new EngineOverHttp();
  }

  @AfterEach
  void stop() {
    carillon.close();
  }

  private List<String> brought(Path file, boolean writes) {
    var lines =
        new ImportPinpoint(carillon.management(), carillon.server(), "development", writes)
            .run(file).lines().stream().map(ImportReport.Line::text).toList();
    carillon.engine().settle();
    return lines;
  }

  private Json.Obj user(String id) {
    return carillon.engine().call(Call.get("/v1/users/" + id)).body();
  }

  private Api.Answer audience(String key) {
    return carillon.management().call("GET", "/v1/audiences/" + key, Optional.empty());
  }

  @Test
  void everything_of_it_is_told_of() {
    assertThat(brought(EXPORT, true))
        .containsExactly(
            "mapped    email template Ship Came In (workflow ship-came-in)",
            "differs   sms template code (workflow code): these come out empty, nothing like them"
                + " is known of recipients: Metrics.Logins",
            "needed    channel sms (sms): there is none of that type; until there is, workflow code"
                + " sends nothing",
            "left out  in-app template hello: there are no in-app messages here",
            "mapped    segment Pros with rigs (audience pros-with-rigs)",
            "left out  segment Lately here: it asks about Behavior, which is not known of users"
                + " here",
            "left out  segment From a file: its members are those of a file; add them with"
                + " /v1/audiences",
            "mapped    3 users",
            "differs   1 endpoints: it names no user; a user of the endpoint's own id has it",
            "differs   1 endpoints: its user has another email that changed later, and has one"
                + " only",
            "left out  1 endpoints: it is not active: Pinpoint could not reach it",
            "left out  1 endpoints: there is no channel of push_fcm to keep its token on");
  }

  @Test
  void a_template_reads_for_its_users_as_it_did() {
    brought(EXPORT, true);
    carillon.management().call("PUT", "/v1/commits?environment=development", Optional.empty());
    carillon
        .engine()
        .call(
            Call.trigger(
                "ship-came-in",
                Json.object()
                    .with("recipients", Json.texts(List.of("ada", "lin")))
                    .with("data", Json.object().with("ship", "Gorch"))));
    carillon.engine().settle();
    var mails =
        carillon
            .engine()
            .ports()
            .messages()
            .newestFirst(
                InProcessEngine.ENVIRONMENT, TimeRange.ALL, _ -> true, PageRequest.first(9))
            .items()
            .stream()
            .flatMap(
                it ->
                    carillon
                        .engine()
                        .ports()
                        .messages()
                        .content(InProcessEngine.ENVIRONMENT, it.id())
                        .map(MessageContent::content)
                        .map(ContentCodec::write)
                        .stream())
            .map(it -> it.text("subject_line").get() + ": " + it.text("html_body").get())
            .toList();
    assertThat(mails)
        .containsExactlyInAnyOrder(
            "Gorch is in, Ada: <p>Dear Ada, you like sloop ketch and live in Kiel; your plan is"
                + " pro.</p>",
            "Gorch is in, sailor: <p>Dear sailor, you like brig and live in ; your plan is"
                + " max.</p>");
  }

  @Test
  void endpoints_become_the_users_they_belong_to() {
    brought(EXPORT, true);
    assertThat(user("ada").toString())
        .contains(
            "ada@example.com", "+15005550009", "de-DE", "Europe/Berlin", "\"FirstName\":\"Ada\"");
    assertThat(
            carillon
                .engine()
                .call(Call.get("/v1/users/ada/preferences/default"))
                .body()
                .object("channel_types"))
        .isEqualTo(Json.object().with("sms", Json.FALSE));
    assertThat(user("e6").text("email")).isEmpty();
  }

  @Test
  void a_segment_becomes_alternatives_of_what_all_must_hold() {
    brought(EXPORT, true);
    assertThat(audience("pros-with-rigs").fields().list("segments"))
        .extracting(Json::toString)
        .containsExactly(
            "{\"conditions\":[{\"argument\":\"\\\"pro\\\"\",\"operator\":\"equal_to\",\"property\":\"attributes.Plan\"},"
                + "{\"argument\":\"\\\"brig\\\"\",\"operator\":\"not_contains\",\"property\":\"Rigs\"}]}",
            "{\"conditions\":[{\"argument\":\"\\\"max\\\"\",\"operator\":\"equal_to\",\"property\":\"attributes.Plan\"},"
                + "{\"argument\":\"\\\"brig\\\"\",\"operator\":\"not_contains\",\"property\":\"Rigs\"}]}");
  }

  @Test
  void a_dry_run_writes_nothing_and_a_gzipped_file_reads_as_well(@TempDir Path folder)
      throws IOException {
    Path packed = folder.resolve("export.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(EXPORT, out);
    }
    assertThat(brought(packed, false)).hasSize(12);
    assertThat(carillon.engine().call(Call.get("/v1/users/ada")).status()).isEqualTo(404);
    assertThat(audience("pros-with-rigs").status()).isEqualTo(404);
  }

  @Test
  void what_is_no_json_is_named_by_its_line(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("export");
    Files.writeString(file, "{\"ChannelType\": \"EMAIL\"}\nId,ChannelType\n");
    assertThatThrownBy(() -> brought(file, true)).hasMessageContaining("its line 2 is none");
  }
}
