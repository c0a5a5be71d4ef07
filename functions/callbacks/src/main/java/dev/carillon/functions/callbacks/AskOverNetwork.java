package dev.carillon.functions.callbacks;

import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import java.util.Optional;
import java.util.function.Supplier;

/** Over HTTPS, to public addresses only: what is asked for stands in a request from outside. */
final class AskOverNetwork implements AskProvider {
  private final Supplier<GuardedHttp> http;

  AskOverNetwork(Supplier<GuardedHttp> http) {
    this.http = http;
  }

  @Override
  public Optional<ProviderResponse> ask(ProviderCall.Http call) {
    if (!call.url().startsWith("https://")) {
      return Optional.empty();
    }
    OutboundResult result =
        http.get()
            .send(new OutboundRequest(call.method(), call.url(), call.headers(), call.body()));
    return switch (result) {
      case OutboundResult.Answered answered ->
          Optional.of(
              new ProviderResponse(
                  answered.status(), answered.headers(), answered.body(), !answered.truncated()));
      case OutboundResult.Refused _,
          OutboundResult.NotReached _,
          OutboundResult.TimedOut _,
          OutboundResult.Broken _ ->
          Optional.empty();
    };
  }
}
