package dev.carillon.functions.api.integrations;

import dev.carillon.edge.RequestFields;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;

/**
 * One call by JSON-RPC 2.0.
 *
 * @param params the empty object when the call has none
 * @param cause names the request
 */
record RemoteCall(EnvironmentId environment, String method, RequestFields params, String cause) {

  /** Whose methods can be called. */
  @FunctionalInterface
  interface Methods {
    /**
     * @return the result
     * @throws NoSuchMethod when there is none of that name
     * @throws dev.carillon.edge.ApiException when the params are not as they must be
     */
    Json answer(RemoteCall call);
  }

  /** JSON-RPC tells it in a body of its own. */
  static final class NoSuchMethod extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchMethod(RemoteCall call) {
      super(call.method(), null, false, false);
    }
  }
}
