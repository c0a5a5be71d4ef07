package dev.carillon.functions.api.integrations;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.ApiException;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.Json.Obj;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Calls by JSON-RPC of Census and Hightouch, which bring rows of a warehouse. What is wrong with
 * the envelope is an error as of any call; what is wrong inside is answered with 200 and an {@code
 * error} within, as JSON-RPC over HTTP has it.
 */
final class IntegrationCalls {
  static final List<Operation<IntegrationCalls>> OPERATIONS =
      List.of(
          Operation.post(
              "/v1/integrations/census/custom-destination", SECRET_KEY, IntegrationCalls::census),
          Operation.post(
              "/v1/integrations/hightouch/embedded-destination",
              SECRET_KEY,
              IntegrationCalls::hightouch));

  /** Codes of JSON-RPC 2.0. */
  private static final int METHOD_NOT_FOUND = -32601;

  private static final int INVALID_PARAMS = -32602;

  private final Census census;
  private final Hightouch hightouch;

  IntegrationCalls(Census census, Hightouch hightouch) {
    this.census = census;
    this.hightouch = hightouch;
  }

  HttpResponse census(HttpRequest request, EnvironmentId environment) {
    return answer(request, environment, census);
  }

  HttpResponse hightouch(HttpRequest request, EnvironmentId environment) {
    return answer(request, environment, hightouch);
  }

  private static HttpResponse answer(
      HttpRequest request, EnvironmentId environment, RemoteCall.Methods methods) {
    RequestFields envelope = request.fields().only(Set.of("id", "jsonrpc", "method", "params"));
    var answer = Json.object().with("jsonrpc", "2.0").with("id", envelope.required("id").text());
    envelope.required("jsonrpc").text();
    var call =
        new RemoteCall(
            environment,
            envelope.required("method").text(),
            envelope
                .optional("params")
                .map(RequestValue::object)
                .orElseGet(() -> new RequestFields(Obj.EMPTY, "params")),
            request.id());
    try {
      return HttpResponse.ok(answer.with("result", methods.answer(call)));
    } catch (RemoteCall.NoSuchMethod _) {
      return HttpResponse.ok(
          answer.with("error", error(METHOD_NOT_FOUND, "There is no method of this name.")));
    } catch (ApiException e) {
      return HttpResponse.ok(answer.with("error", error(INVALID_PARAMS, sentence(e))));
    }
  }

  private static Obj error(int code, String message) {
    return Json.object().with("code", Json.of(code)).with("message", message);
  }

  /** What is wrong, by field, in one line. */
  static String sentence(ApiException e) {
    return e.fields().isEmpty()
        ? e.problem().code()
        : e.fields().stream()
            .map(it -> it.path() + " " + it.sentence())
            .collect(Collectors.joining("; "));
  }
}
