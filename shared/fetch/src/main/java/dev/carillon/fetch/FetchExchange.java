package dev.carillon.fetch;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.run.fetch.FetchTry;
import dev.carillon.variable.SecretValues;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One request of a fetch step and what came of it. */
public record FetchExchange(OutboundRequest request, OutboundResult outcome) {
  private static final Set<Integer> SUCCESS = Set.of(200, 201, 204);
  private static final int NO_CONTENT = 204;
  private static final int SERVER_ERROR = 500;

  /** How much of a body a log shows. */
  private static final int SHOWN = 10_000;

  /** What came of it for the run. */
  public sealed interface Answer {
    record Success(Json body) implements Answer {}

    /** A success that says nothing. */
    record NoContent() implements Answer {}

    /** A failure that another try may mend. */
    record TryAgain(String problem) implements Answer {}

    record Fatal(String problem) implements Answer {}
  }

  /**
   * Knock: 200, 201 and 204 are a success; only 5xx and time-outs are worth another try. An answer
   * that is not complete in time is a time-out too, and so is nobody reached in time.
   */
  public Answer answer() {
    return switch (outcome) {
      case OutboundResult.Answered answered when SUCCESS.contains(answered.status()) ->
          success(answered);
      case OutboundResult.Answered answered when answered.status() >= SERVER_ERROR ->
          new Answer.TryAgain("status " + answered.status());
      case OutboundResult.Answered answered -> new Answer.Fatal("status " + answered.status());
      case OutboundResult.TimedOut() -> new Answer.TryAgain("timeout");
      case OutboundResult.NotReached(var obstacle) when obstacle == OutboundResult.Obstacle.TIME ->
          new Answer.TryAgain("timeout");
      case OutboundResult.Refused(var reason) ->
          new Answer.Fatal("refused_" + reason.name().toLowerCase(Locale.ROOT));
      case OutboundResult.NotReached(var obstacle) ->
          new Answer.Fatal("not_reached_" + obstacle.name().toLowerCase(Locale.ROOT));
      case OutboundResult.Broken() -> new Answer.Fatal("no_answer");
    };
  }

  private static Answer success(OutboundResult.Answered answered) {
    if (answered.status() == NO_CONTENT || answered.body().length == 0 && !answered.truncated()) {
      return new Answer.NoContent();
    }
    return switch (answered.end()) {
      case LATE -> new Answer.TryAgain("timeout");
      case TOO_LONG -> new Answer.Fatal("the answer is too long");
      case BROKEN -> new Answer.Fatal("the answer is not whole");
      case WHOLE -> parsed(answered.body());
    };
  }

  private static Answer parsed(byte[] body) {
    try {
      return new Answer.Success(JsonText.parse(body));
    } catch (MalformedJson _) {
      return new Answer.Fatal("the answer is no JSON");
    }
  }

  /**
   * Request and response as logs show them.
   *
   * @param secrets the values that must not appear
   */
  public Json.Obj shown(SecretValues secrets) {
    Json.Obj shown =
        Json.object()
            .with(
                FetchTry.REQUEST,
                Json.object()
                    .with(FetchTry.METHOD, request.method())
                    .with("url", secrets.masked(request.url()))
                    .with("headers", headers(request.headers(), secrets))
                    .with("body", body(request.body(), secrets)));
    return outcome instanceof OutboundResult.Answered answered
        ? shown.with(
            FetchTry.RESPONSE,
            Json.object()
                .with(FetchTry.STATUS, Json.of(answered.status()))
                .with("headers", headers(firsts(answered.headers()), secrets))
                .with("body", body(answered.body(), secrets)))
        : shown;
  }

  private static Map<String, String> firsts(Map<String, List<String>> headers) {
    var firsts = new LinkedHashMap<String, String>();
    headers.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> firsts.put(entry.getKey(), String.join(", ", entry.getValue())));
    return firsts;
  }

  private static Json headers(Map<String, String> headers, SecretValues secrets) {
    var shown = new LinkedHashMap<String, Json>();
    headers.forEach(
        (name, value) ->
            shown.put(
                name,
                Json.of(
                    name.equalsIgnoreCase("authorization")
                        ? SecretValues.MASK
                        : secrets.masked(value))));
    return new Json.Obj(shown);
  }

  private static Json body(byte[] body, SecretValues secrets) {
    String text = secrets.masked(new String(body, StandardCharsets.UTF_8));
    return Json.of(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "[TRUNCATED]");
  }
}
