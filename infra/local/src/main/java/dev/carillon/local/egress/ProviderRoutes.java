package dev.carillon.local.egress;

import dev.carillon.local.egress.EgressCall.Outcome;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.Providers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where calls to providers go: nowhere, unless somebody says otherwise. The stack stands in for
 * providers and answers as they do when all is well, so that no credentials are needed and nobody
 * is sent anything.
 *
 * @param routes by provider key, for those that are not stood in for
 */
public record ProviderRoutes(Map<String, Route> routes) {
  /** Of which the stack has a likeness, beside those that it stands in for. */
  public static final String SES = "email_aws_ses";

  /** All are stood in for. */
  public static final ProviderRoutes NONE = new ProviderRoutes(Map.of());

  public ProviderRoutes {
    routes = Map.copyOf(routes);
  }

  /** What becomes of a provider's calls. */
  public sealed interface Route {
    /** They reach the provider. */
    record Live() implements Route {}

    /** They go to this origin instead, with path and query as they are. */
    record To(URI origin) implements Route {}
  }

  /** Why nobody decides where calls to that provider go; empty when somebody may. */
  public static Optional<String> fixed(Provider<?> provider) {
    return switch (provider.type()) {
      case HTTP ->
          Optional.of(
              "webhooks go where their URLs say; --allow-host lets them reach a private address");
      case EMAIL ->
          Optional.of("its channels name the server, which is always called")
              .filter(_ -> provider.settings().stream().anyMatch(it -> it.name().equals("host")));
      case SMS, PUSH, CHAT, IN_APP_FEED -> Optional.empty();
    };
  }

  /** The answer in the provider's place; empty when the call is to be made. */
  Optional<Outcome> answer(String provider, ProviderCall.Http request) {
    return routes.containsKey(provider)
        ? Optional.empty()
        : Providers.named(provider)
            .flatMap((Provider<?> it) -> it.standIn(request))
            .map(
                said ->
                    new Outcome.Answered(
                        said.status(),
                        said.headers().entrySet().stream()
                            .collect(
                                Collectors.toMap(
                                    Map.Entry::getKey, entry -> List.copyOf(entry.getValue()))),
                        said.body(),
                        false));
  }

  /** Where the call to this URL goes. */
  URI target(String provider, URI url) {
    return switch (routes.get(provider)) {
      case Route.To(var origin) -> {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        yield origin.resolve(url.getRawPath() + query);
      }
      case Route.Live() -> url;
      case null -> url;
    };
  }
}
