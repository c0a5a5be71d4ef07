package dev.carillon.functions.management.settings;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.change.Changes;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.setting.BrandReader;
import dev.carillon.setting.VariableRules;
import dev.carillon.variable.Variables;
import java.util.List;
import java.util.Set;

/**
 * The brand of an environment, which lies under those of tenants: the public variable {@code
 * branding}, as templates and pages see it.
 */
final class BrandingCalls {
  private static final String VARIABLE = VariableRules.BRANDING;

  static final List<Operation<BrandingCalls>> OPERATIONS =
      List.of(
          byCaller(
              HttpMethod.GET,
              "/v1/branding",
              management(ManagementScope.READ),
              BrandingCalls::show),
          byCaller(
              HttpMethod.PUT,
              "/v1/branding",
              management(ManagementScope.SETTINGS),
              BrandingCalls::put));

  private final ManagementCall.Reader calls;
  private final Variables variables;
  private final Changes changes;

  BrandingCalls(ManagementCall.Reader calls, Variables variables, Changes changes) {
    this.calls = calls;
    this.variables = variables;
    this.changes = changes;
  }

  HttpResponse show(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    return answer(variables.open(call.id()).object(VARIABLE));
  }

  /** Replaces the brand whole. */
  HttpResponse put(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    Json.Obj brand = BrandReader.read(request.fields().only(Set.of(VARIABLE)).required(VARIABLE));
    if (variables.secretNames(call.id()).contains(VARIABLE)) {
      throw ErrorCode.INVALID_PARAMS.at(VARIABLE, "is a secret variable of this environment");
    }
    changes.record(
        call.id(),
        call.origin()
            .change(
                "changed",
                VARIABLE,
                JsonText.write(variables.open(call.id()).object(VARIABLE)),
                JsonText.write(brand)));
    boolean done =
        variables.change(
            call.id(), it -> new Variables.Values(it.open().with(VARIABLE, brand), it.secret()));
    if (!done) {
      throw ErrorCode.CONTENT_CHANGED.refused();
    }
    return answer(brand);
  }

  private static HttpResponse answer(Json.Obj brand) {
    return HttpResponse.ok(Json.object().with(VARIABLE, brand));
  }
}
