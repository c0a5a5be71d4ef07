package dev.carillon.functions.callbacks;

import dev.carillon.access.DeploymentKeys;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.functions.callbacks.HearProvider.Heard;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.runtime.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** What providers post, as API Gateway hands it over, and what they are answered. */
final class ReportsOverHttp {
  private final HearProvider hear;
  private final DeploymentKeys keys;
  private final Log log;

  ReportsOverHttp(HearProvider hear, DeploymentKeys keys, Log log) {
    this.hear = hear;
    this.keys = keys;
    this.log = log;
  }

  /**
   * @throws IllegalArgumentException when it is no event of API Gateway's
   */
  void handle(Json.Obj event, OutputStream out) throws IOException {
    HttpRequest request = HttpRequest.of(event, keys);
    try {
      if (request.body().length > Limits.BODY_BYTES) {
        throw ErrorCode.BODY_TOO_LARGE.refused();
      }
      switch (hear.hear(request)) {
        case Heard.Nobody() -> {
          log.decision("callback.nobody", "request", request.id());
          throw ErrorCode.ROUTE_MISSING.refused();
        }
        case Heard.Refused(var from, var status, var reason) -> {
          said("callback.refused", request, from, "status", status, "reason", reason);
          HttpResponse.of(status, Json.object().with("error", reason)).writeTo(out);
        }
        case Heard.Recorded(var from, var answer, var results) -> {
          said("callback.heard", request, from, "status", answer.status(), "events", text(results));
          write(answer, out);
        }
      }
    } catch (ApiException e) {
      e.response().with("x-request-id", request.id()).writeTo(out);
    } catch (RuntimeException e) {
      log.failure("callback.failed", e, "request", request.id());
      new ApiException(ErrorCode.INTERNAL_ERROR, List.of())
          .response()
          .with("x-request-id", request.id())
          .writeTo(out);
    }
  }

  private void said(
      String decision,
      HttpRequest request,
      ReportingChannel from,
      String first,
      Object one,
      String second,
      Object other) {
    log.decision(
        decision,
        "request",
        request.id(),
        "environment",
        from.environment().value(),
        "channel",
        from.channel().id(),
        "provider",
        from.provider().key(),
        first,
        one,
        second,
        other);
  }

  private static String text(Map<RecordStatus.Result, Long> results) {
    return results.toString();
  }

  private static void write(CallbackReader.Answer answer, OutputStream out) throws IOException {
    out.write(
        JsonText.bytes(
            Json.object()
                .with("statusCode", Json.of(answer.status()))
                .with(
                    "headers",
                    Json.object()
                        .with("content-type", answer.contentType())
                        .with("cache-control", "no-store"))
                .with("body", answer.body())
                .with("isBase64Encoded", Json.FALSE)));
  }
}
