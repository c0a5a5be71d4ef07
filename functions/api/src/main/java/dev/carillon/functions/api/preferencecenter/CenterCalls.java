package dev.carillon.functions.api.preferencecenter;

import static dev.carillon.edge.access.Ability.PREFERENCES_READ;
import static dev.carillon.edge.access.Access.SECRET_KEY;
import static dev.carillon.edge.access.Access.everyday;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.link.PreferenceLink;
import dev.carillon.edge.link.PreferenceLinks;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.recipients.RecipientPath;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Calls about the page on which one user sees and changes preferences. */
final class CenterCalls {
  private static final String OF_USER = "/v1/users/{id}/preference_center";

  static final List<Operation<CenterCalls>> OPERATIONS =
      List.of(
          Operation.byCaller(
              HttpMethod.GET, OF_USER + "/config", everyday(PREFERENCES_READ), CenterCalls::config),
          Operation.post(OF_USER + "/signed_url", SECRET_KEY, CenterCalls::signedUrl));

  private final Center center;
  private final PreferenceLinks links;
  private final Supplier<String> origin;
  private final InstantSource clock;

  /**
   * @param origin of the HTTP API
   */
  CenterCalls(Center center, PreferenceLinks links, Supplier<String> origin, InstantSource clock) {
    this.center = center;
    this.links = links;
    this.origin = origin;
    this.clock = clock;
  }

  /** The address only for who may see addresses; for others the id, which they know. */
  HttpResponse config(HttpRequest request, Caller caller) {
    var tenant = request.query().heeding(Set.of("tenant")).id("tenant").map(TenantId::new);
    EnvironmentId environment = caller.environment();
    RecipientId user = RecipientPath.of(request);
    String label =
        caller.seesProperties()
            ? center.find(environment, user).flatMap(it -> it.text("email")).orElse(user.id())
            : user.id();
    CenterConfig config = center.config(environment);
    Center.Sender sender = center.sender(environment, tenant);
    return HttpResponse.ok(
        Json.object()
            .with("enabled", Json.of(config.enabled()))
            .with("account_name", Json.ofNullable(sender.accountName()))
            .with("user_email", label)
            .with("knock_branding_required", Json.FALSE)
            .with("branding", sender.branding().json())
            .with("config", config.json()));
  }

  /** Beyond Knock, a {@code tenant} in the body makes it a link to the user's set for it. */
  HttpResponse signedUrl(HttpRequest request, EnvironmentId environment) {
    Optional<TenantId> tenant =
        request
            .fields()
            .only(Set.of("tenant"))
            .optional("tenant")
            .map(RequestValue::id)
            .map(TenantId::new);
    RecipientId user = RecipientPath.of(request);
    if (center.find(environment, user).isEmpty()) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    var link =
        new PreferenceLink(
            environment,
            user.id(),
            tenant,
            PreferenceLink.Purpose.MANAGE,
            today.plusDays(PreferenceLink.DAYS_ON_REQUEST));
    return HttpResponse.ok(
        Json.object()
            .with("url", origin.get() + links.path(link))
            .with("token", links.token(link)));
  }
}
