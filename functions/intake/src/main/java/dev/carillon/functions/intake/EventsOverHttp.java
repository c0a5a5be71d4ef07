package dev.carillon.functions.intake;

import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.functions.intake.ReceiveEvent.Received;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Overloaded;
import dev.carillon.runtime.Ports;
import dev.carillon.source.SourceId;
import java.util.List;
import java.util.Optional;

/**
 * What is posted to the URLs of sources, {@code /integrations/receive/<id>}, and how that is
 * answered. No key is asked for: the id is the permission, and the signature where the source wants
 * one.
 */
final class EventsOverHttp {
  private final ReceiveEvent receive;
  private final Log log;

  private EventsOverHttp(ReceiveEvent receive, Log log) {
    this.receive = receive;
    this.log = log;
  }

  static EventsOverHttp on(Ports ports) {
    return new EventsOverHttp(
        new ReceiveEvent(ports.sources(), ports.sourceEvents(), ports.tasks(), ports.clock()),
        ports.log());
  }

  /** Answers when the path is that of a source; empty when it is not. */
  Optional<HttpResponse> answer(HttpRequest request) {
    return request.path().startsWith(SourceId.PATH)
        ? Optional.of(
            answered(request, request.path().substring(SourceId.PATH.length()))
                .with("x-request-id", request.id()))
        : Optional.empty();
  }

  private HttpResponse answered(HttpRequest request, String id) {
    try {
      return response(request, id);
    } catch (ApiException e) {
      log.decision("source.refused", "request", request.id(), "code", e.problem().code());
      return e.response();
    } catch (Overloaded e) {
      log.failure("source.overloaded", e, "request", request.id());
      return ErrorCode.OVERLOADED
          .refused()
          .response()
          .with("retry-after", Limits.RETRY_AFTER_SECONDS);
    } catch (RuntimeException | StackOverflowError e) {
      log.failure("source.failed", e, "request", request.id());
      return new ApiException(ErrorCode.INTERNAL_ERROR, List.of()).response();
    }
  }

  private HttpResponse response(HttpRequest request, String id) {
    if (!request.method().equals("POST") || !SourceId.isValid(id)) {
      throw ErrorCode.ROUTE_MISSING.refused();
    }
    if (request.body().length > Limits.SOURCE_EVENT_BYTES) {
      throw ErrorCode.BODY_TOO_LARGE.at(
          "body", "must be at most " + Limits.SOURCE_EVENT_BYTES + " bytes for a source");
    }
    return switch (receive.handle(new SourceId(id), request)) {
      case Received.Stored(var source, var event) -> {
        log.decision(
            "source.received",
            "request",
            request.id(),
            "environment",
            source.environment().value(),
            "source",
            source.key(),
            "event",
            event);
        yield HttpResponse.noContent();
      }
      case Received.NoSuchSource() -> throw ErrorCode.ROUTE_MISSING.refused();
      case Received.NotVerified(var source) -> {
        log.decision("source.unverified", "request", request.id(), "source", source.key());
        throw ErrorCode.SIGNATURE_INVALID.refused();
      }
      case Received.Untyped(var source) ->
          throw ErrorCode.INVALID_PARAMS.at(
              source.settings().eventType().text(),
              "must say of what type the event is, in 1 to 255 characters");
    };
  }
}
