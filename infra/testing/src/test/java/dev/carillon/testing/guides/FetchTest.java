package dev.carillon.testing.guides;

import static dev.carillon.testing.engine.FakeOutside.json;
import static dev.carillon.testing.scenarios.GuideEngine.condition;
import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static dev.carillon.testing.scenarios.GuideEngine.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.testing.engine.InvocationJson;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.testing.scenarios.Scenarios;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide to fetching, line by line. */
class FetchTest {
  private static final String URL = "'url': 'https://api.example/users/{{recipient.id}}'";

  private final GuideEngine scene = GuideEngine.open().user("elmo");

  private void fetching(String settings, String... after) {
    var steps = new String[after.length + 1];
    steps[0] = step("http_fetch", "fetch", settings);
    System.arraycopy(after, 0, steps, 1, after.length);
    scene.workflow("flow", steps);
  }

  private Run trigger(String data) {
    var trigger = scene.trigger("flow", "{'recipients': ['elmo'], 'data': {" + data + "}}");
    return scene.run(trigger, "elmo");
  }

  private OutboundRequest request() {
    var requests = scene.engine.outside().requests();
    assertThat(requests).hasSize(1);
    return requests.getFirst();
  }

  private static String body(OutboundRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  private void answers(OutboundResult... answers) {
    scene.engine.outside().says(answers);
  }

  @Nested
  class Requests {
    @Test
    void the_method_is_get_by_default_and_the_url_is_a_template() {
      fetching(URL, mail("x"));
      trigger("");
      assertThat(request().method()).isEqualTo("GET");
      assertThat(request().url()).isEqualTo("https://api.example/users/elmo");
      assertThat(request().body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"get, 0", "post, 1", "put, 1", "delete, 0", "patch, 0"})
    void there_is_a_body_with_post_and_put_only(String method, int bodies) {
      fetching(
          URL + ", 'method': '" + method + "', 'body': '{\\\"id\\\": \\\"{{recipient.id}}\\\"}'",
          mail("x"));
      trigger("");
      assertThat(request().method()).isEqualTo(method.toUpperCase(java.util.Locale.ROOT));
      assertThat(body(request())).isEqualTo(bodies == 1 ? "{\"id\": \"elmo\"}" : "");
    }

    @Test
    void headers_and_query_parameters_are_templates_and_the_query_is_encoded() {
      fetching(
          URL
              + """
              , 'headers': [{'key': 'X-Plan', 'value': '{{data.plan}}'}],
              'query_params': [{'key': 'q', 'value': '{{data.q}}'}]\
              """,
          mail("x"));
      trigger("'plan': 'pro', 'q': 'a b&c'");
      assertThat(request().headers()).containsEntry("X-Plan", "pro");
      assertThat(request().url()).startsWith("https://api.example/users/elmo?q=a");
      assertThat(request().url()).contains("%26c").doesNotContain(" ").doesNotContain("b&c");
    }

    @Test
    void a_body_is_sent_as_json() {
      fetching(URL + ", 'method': 'post', 'body': '{\\\"n\\\": {{data.n}}}'", mail("x"));
      trigger("'n': 5");
      assertThat(request().headers()).containsEntry("content-type", "application/json");
      assertThat(body(request())).isEqualTo("{\"n\": 5}");
    }

    @Test
    void the_signature_is_an_hmac_of_time_and_body() throws Exception {
      fetching(
          URL + ", 'method': 'post', 'body': '{\\\"n\\\": 1}', 'signing_key': '{{vars.key}}'",
          mail("x"));
      variables("{'key': {'type': 'secret', 'value': 'hush-hush'}}");
      trigger("");
      String[] parts = request().headers().get("x-knock-signature").split(",");
      String time = parts[0].substring("t=".length());
      assertThat(time).isEqualTo(Long.toString(EngineFixtures.MONDAY.toEpochMilli()));
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("hush-hush".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String expected =
          Base64.getEncoder()
              .encodeToString(mac.doFinal((time + ".{\"n\": 1}").getBytes(StandardCharsets.UTF_8)));
      assertThat(parts[1]).isEqualTo("s=" + expected);
    }

    @Test
    void a_step_whose_conditions_do_not_hold_asks_nobody() {
      scene.workflow(
          "flow",
          when(
              "[" + condition("data.n", "equal_to", "'1'") + "]", step("http_fetch", "fetch", URL)),
          mail("x"));
      trigger("'n': 2");
      assertThat(scene.engine.outside().requests()).isEmpty();
      assertThat(scene.mails()).hasSize(1);
    }
  }

  private void variables(String json) {
    scene.engine.push(Map.of("variables.json", json.replace('\'', '"')));
  }

  @Nested
  class Merging {
    @Test
    void the_guides_example_is_merged_shallowly() {
      fetching(URL, mail("{{foo}} {{biz}} {{json metadata}}"));
      answers(json(200, "{\"biz\": \"baz\", \"metadata\": {\"query_count\": 1}}"));
      trigger("'foo': 'bar', 'metadata': {'count': 1}");
      assertThat(scene.mails()).containsExactly("elmo: bar baz {\"query_count\":1}");
    }

    @Test
    void the_answer_overwrites_what_the_trigger_said() {
      fetching(URL, mail("{{foo}}"));
      answers(json(200, "{\"foo\": \"new\"}"));
      trigger("'foo': 'old'");
      assertThat(scene.mails()).containsExactly("elmo: new");
    }

    @Test
    void a_response_path_with_dots_nests_the_answer_and_keeps_what_is_there() {
      fetching(URL + ", 'response_path': 'foo.bar'", mail("{{data.foo.bar.x}} {{data.foo.y}}"));
      answers(json(200, "{\"x\": 1}"));
      trigger("'foo': {'y': 2}");
      assertThat(scene.mails()).containsExactly("elmo: 1 2");
    }

    @Test
    void at_a_response_path_any_json_will_do() {
      fetching(URL + ", 'response_path': 'items'", mail("{{length data.items}}"));
      answers(json(200, "[1, 2, 3]"));
      trigger("");
      assertThat(scene.mails()).containsExactly("elmo: 3");
    }

    @Test
    void at_the_root_only_an_object_can_be_merged() {
      fetching(URL, mail("x"));
      answers(json(200, "[1, 2, 3]"));
      assertThat(said(trigger(""), "run_halted").text("reason")).contains("step_failed");
    }

    @Test
    void a_later_fetch_sees_what_an_earlier_one_brought() {
      scene.workflow(
          "flow",
          step("http_fetch", "one", "'url': 'https://api.example/1'"),
          step("http_fetch", "two", "'url': 'https://api.example/{{data.next}}'"),
          mail("{{a}}{{b}}"));
      answers(json(200, "{\"next\": \"2\", \"a\": 1}"), json(200, "{\"b\": 2}"));
      trigger("");
      assertThat(scene.engine.outside().requests())
          .extracting(OutboundRequest::url)
          .containsExactly("https://api.example/1", "https://api.example/2");
      assertThat(scene.mails()).containsExactly("elmo: 12");
    }

    @Test
    void after_a_batch_it_asks_once_for_all_activities() {
      scene.workflow(
          "flow",
          step("batch", "'batch_window': {'unit': 'minutes', 'value': 1}"),
          step("http_fetch", "fetch", "'url': 'https://api.example/{{total_activities}}'"),
          mail("{{total_activities}} {{summary}}"));
      answers(json(200, "{\"summary\": \"much\"}"));
      trigger("'n': 1");
      trigger("'n': 2");
      scene.pass("PT1M");
      assertThat(scene.engine.outside().requests())
          .extracting(OutboundRequest::url)
          .containsExactly("https://api.example/2");
      assertThat(scene.mails()).containsExactly("elmo: 2 much");
    }

    @Test
    void preferences_see_what_was_fetched() {
      scene.prefers(
          "elmo",
          "{'workflows': {'flow': {'conditions': [%s]}}}"
              .formatted(condition("data.kind", "equal_to", "'loud'")));
      fetching(URL, mail("x"));
      answers(json(200, "{\"kind\": \"loud\"}"));
      trigger("'kind': 'quiet'");
      assertThat(scene.mails()).hasSize(1);
    }

    @Test
    void the_feeds_trigger_data_filter_sees_what_was_fetched() {
      fetching(URL, GuideEngine.feed("x"));
      answers(json(200, "{\"page\": \"B\"}"));
      trigger("'page': 'A'");
      assertThat(scene.messages().getFirst().flatData())
          .isEqualTo(GuideEngine.json("{'page': 'B'}"));
    }
  }

  @Nested
  class Answers {
    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void two_hundred_and_201_are_a_success(int status) {
      fetching(URL, mail("{{x}}"));
      answers(json(status, "{\"x\": 1}"));
      trigger("");
      assertThat(scene.mails()).containsExactly("elmo: 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", 'response_path': 'page'"})
    void with_204_nothing_is_merged_and_the_run_goes_on(String path) {
      fetching(URL + path, mail("{{page}}"));
      answers(json(204, ""));
      trigger("'page': 'Plans'");
      assertThat(scene.mails()).containsExactly("elmo: Plans");
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 301, 302, 400, 401, 404, 409, 422, 429})
    void any_other_status_is_fatal_at_once(int status) {
      fetching(URL, mail("x"));
      answers(json(status, "{}"));
      isFatalAtOnce(trigger(""));
    }

    @Test
    void an_answer_that_is_no_json_is_fatal_at_once() {
      fetching(URL, mail("x"));
      answers(json(200, "<html>"));
      isFatalAtOnce(trigger(""));
    }

    @Test
    void an_invalid_url_is_fatal_at_once() {
      fetching("'url': '{{data.url}}'", mail("x"));
      var run = trigger("'url': ''");
      assertThat(GuideEngine.log(run))
          .containsExactly("fetch step_failed", "fetch run_halted", "run run_completed");
      assertThat(scene.engine.outside().requests()).isEmpty();
    }

    @Test
    void a_body_that_is_no_json_is_fatal_at_once() {
      fetching(URL + ", 'method': 'post', 'body': '{\\\"n\\\": {{data.n}}}'", mail("x"));
      var run = trigger("'n': 'two words'");
      assertThat(GuideEngine.log(run))
          .containsExactly("fetch step_failed", "fetch run_halted", "run run_completed");
      assertThat(scene.engine.outside().requests()).isEmpty();
    }

    @Test
    void a_host_that_must_not_be_asked_is_fatal_at_once() {
      fetching(URL, mail("x"));
      answers(new OutboundResult.NotReached(OutboundResult.Obstacle.NAME));
      isFatalAtOnce(trigger(""));
    }

    private void isFatalAtOnce(Run run) {
      assertThat(run.status()).isEqualTo("completed");
      assertThat(run.errors()).isEqualTo(1);
      assertThat(GuideEngine.log(run))
          .containsExactly("fetch step_failed", "fetch run_halted", "run run_completed");
      scene.pass("PT10M");
      assertThat(scene.engine.outside().requests()).hasSize(1);
      assertThat(scene.mails()).isEmpty();
    }
  }

  @Nested
  class Retries {
    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 599})
    void a_server_error_is_tried_again_after_30_seconds_and_60_more(int status) {
      fetching(URL, mail("{{x}}"));
      answers(json(status, "oops"), json(status, "oops"), json(200, "{\"x\": 1}"));
      trigger("");
      scene.pass("PT29S");
      assertThat(scene.engine.outside().requests()).hasSize(1);
      scene.pass("PT1S");
      assertThat(scene.engine.outside().requests()).hasSize(2);
      scene.pass("PT59S");
      assertThat(scene.engine.outside().requests()).hasSize(2);
      scene.pass("PT1S");
      assertThat(scene.engine.outside().requests()).hasSize(3);
      assertThat(scene.mails()).containsExactly("elmo: 1");
    }

    @Test
    void so_is_a_timeout() {
      fetching(URL, mail("{{x}}"));
      answers(new OutboundResult.TimedOut(), json(200, "{\"x\": 1}"));
      trigger("");
      scene.pass("PT30S");
      assertThat(scene.mails()).containsExactly("elmo: 1");
    }

    @Test
    void after_two_failed_retries_the_run_halts() {
      fetching(URL, mail("x"));
      answers(json(500, "a"), new OutboundResult.TimedOut(), json(503, "c"), json(200, "{}"));
      var trigger = scene.trigger("flow", "{'recipients': ['elmo']}");
      scene.pass("PT10M");
      var run = scene.run(trigger, "elmo");
      assertThat(scene.engine.outside().requests()).hasSize(3);
      assertThat(GuideEngine.log(run))
          .containsExactly(
              "fetch step_failed",
              "fetch step_failed",
              "fetch step_failed",
              "fetch run_halted",
              "run run_completed");
      assertThat(run.log()).extracting(entry -> entry.attempt()).startsWith(1, 2, 3);
      assertThat(scene.mails()).isEmpty();
    }

    @Test
    void a_run_can_be_cancelled_between_tries() {
      fetching(URL, mail("x"));
      answers(json(500, "a"), json(200, "{}"));
      scene.trigger("flow", "{'recipients': ['elmo'], 'cancellation_key': 'k'}");
      scene.cancel("flow", "{'cancellation_key': 'k'}");
      scene.pass("PT10M");
      assertThat(scene.engine.outside().requests()).hasSize(1);
      assertThat(scene.mails()).isEmpty();
      assertThat(Scenarios.runs(scene.engine)).extracting(Run::status).containsExactly("cancelled");
    }
  }

  @Nested
  class Logs {
    @Test
    void a_success_shows_request_response_and_what_was_merged() {
      fetching(
          URL
              + ", 'method': 'post', 'body': '{\\\"n\\\": 1}',"
              + " 'query_params': [{'key': 'q', 'value': 'a b'}]",
          mail("x"));
      answers(json(200, "{\"x\": 1, \"y\": 2}"));
      Json.Obj said = said(trigger(""), "fetch_completed");
      Json.Obj request = said.object("request");
      assertThat(request.text("method")).contains("POST");
      assertThat(request.text("url").orElseThrow()).startsWith("https://api.example/users/elmo?q=");
      assertThat(request.object("headers").text("content-type")).contains("application/json");
      assertThat(request.text("body")).contains("{\"n\": 1}");
      assertThat(said.object("response").fields()).containsEntry("status", Json.of(200));
      assertThat(said.object("response").text("body")).contains("{\"x\": 1, \"y\": 2}");
      assertThat(said.list("merged")).isEqualTo(List.of(Json.of("x"), Json.of("y")));
    }

    @Test
    void each_failed_try_shows_request_response_and_error() {
      fetching(URL, mail("x"));
      answers(json(500, "oops"), json(404, "gone"));
      var trigger = scene.trigger("flow", "{'recipients': ['elmo']}");
      scene.pass("PT1M");
      var failed =
          scene.run(trigger, "elmo").log().stream()
              .filter(entry -> entry.event() == RunEvent.STEP_FAILED)
              .toList();
      assertThat(failed)
          .extracting(entry -> entry.data().text("error").orElseThrow())
          .containsExactly("status 500", "status 404");
      assertThat(failed)
          .extracting(entry -> entry.data().object("response").text("body").orElseThrow())
          .containsExactly("oops", "gone");
    }

    @Test
    void secrets_are_masked_wherever_they_stand_and_however_they_are_encoded() {
      variables("{'key': {'type': 'secret', 'value': 'hunter 2&\\\"x'}}");
      fetching(
          """
          'url': 'https://api.example/x', 'method': 'post',
          'headers': [{'key': 'X-Key', 'value': '{{vars.key}}'},
                      {'key': 'Authorization', 'value': 'Bearer abc'}],
          'query_params': [{'key': 'k', 'value': '{{vars.key}}'}],
          'body': '{\\"key\\": {{json vars.key}}}'\
          """,
          mail("x"));
      answers(json(200, "{\"echo\": \"hunter 2&\\\"x\"}"));
      Json.Obj said = said(trigger(""), "fetch_completed");
      assertThat(body(request())).contains("hunter");
      assertThat(InvocationJson.of(said)).doesNotContain("hunter").doesNotContain("Bearer abc");
    }
  }
}
