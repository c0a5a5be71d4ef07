package dev.carillon.functions.management.account;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.change.Changes;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.functions.management.call.EntryPages;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.setting.BrandReader;
import dev.carillon.setting.VariableRules;
import dev.carillon.variable.Variables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The variables of environments. A secret one is listed by its name, and its value never shown.
 * When one was set is not kept: it bears the times of the first environment that has it.
 */
final class VariableCalls {
  private static final Access READ = management(ManagementScope.READ);
  private static final Access SETTINGS = management(ManagementScope.SETTINGS);
  private static final String ENVIRONMENT = "environment";
  private static final String PUBLIC = "public";
  private static final String SECRET = "secret";

  static final List<Operation<VariableCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.GET, "/v1/variables", READ, VariableCalls::list),
          byCaller(HttpMethod.GET, "/v1/variables/{key}", READ, VariableCalls::show),
          byCaller(HttpMethod.PUT, "/v1/variables/{key}", SETTINGS, VariableCalls::put),
          byCaller(HttpMethod.DELETE, "/v1/variables/{key}", SETTINGS, VariableCalls::delete));

  private final ManagementCall.Reader calls;
  private final Variables variables;
  private final ChannelsEverywhere everywhere;
  private final Changes changes;

  VariableCalls(
      ManagementCall.Reader calls,
      Variables variables,
      ChannelsEverywhere everywhere,
      Changes changes) {
    this.changes = changes;
    this.calls = calls;
    this.variables = variables;
    this.everywhere = everywhere;
  }

  /**
   * A variable as the environments have it.
   *
   * @param values by slug; null where it is secret
   * @param secret whether it is in any of them
   */
  private record Variable(
      String key, EnvironmentEntry first, Map<String, Json> values, boolean secret) {

    String type() {
      return secret ? SECRET : PUBLIC;
    }
  }

  HttpResponse list(HttpRequest request, Caller caller) {
    var heeded = new HashSet<>(EntryPages.PARAMETERS);
    heeded.add("type");
    var call = calls.read(request, caller, heeded);
    Optional<String> type = call.query().oneOf("type", Set.of(PUBLIC, SECRET));
    Optional<String> slug = call.query().one(ENVIRONMENT).map(_ -> call.environment().slug());
    var listed =
        all(caller).stream()
            .filter(it -> type.isEmpty() || type.get().equals(it.type()))
            .filter(it -> slug.isEmpty() || it.values().containsKey(slug.get()))
            .toList();
    return EntryPages.of(
        listed,
        call.query(),
        request.cursors(AccountCalls.ANY, "variables"),
        Variable::key,
        it -> view(it, slug));
  }

  HttpResponse show(HttpRequest request, Caller caller) {
    String key = request.pathParameter("key");
    return all(caller).stream()
        .filter(it -> it.key().equals(key))
        .findFirst()
        .map(it -> HttpResponse.ok(view(it, Optional.empty())))
        .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
  }

  /**
   * Gives the variable a value in one environment: {@code {"variable": {"type", "value"}}}. A
   * variable is public or secret everywhere: who wants to make it the other removes it first, so
   * that nothing secret becomes public by a slip.
   */
  HttpResponse put(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    String key = request.pathParameter("key");
    if (!VariableRules.isName(key)) {
      throw ErrorCode.INVALID_PARAMS.at("key", VariableRules.NAME);
    }
    var given =
        request
            .fields()
            .only(Set.of("variable"))
            .required("variable")
            .object()
            .only(Set.of("key", "type", "value", "description"));
    Optional<String> known =
        all(caller).stream().filter(it -> it.key().equals(key)).findFirst().map(Variable::type);
    String type =
        given
            .optional("type")
            .map(it -> it.oneOf(Set.of(PUBLIC, SECRET)))
            .or(() -> known)
            .orElse(PUBLIC);
    if (known.filter(it -> !it.equals(type)).isPresent()) {
      throw ErrorCode.INVALID_PARAMS.at(
          "variable.type", "is " + known.get() + "; remove the variable everywhere to change that");
    }
    RequestValue value = given.required("value");
    checkBranding(key, value);
    Json checked = VariableRules.value(value.json());
    if (type.equals(SECRET) && VariableRules.isTooShort(checked)) {
      throw value.refused(VariableRules.TOO_SHORT);
    }
    record(call, key, type.equals(SECRET) ? Optional.empty() : Optional.of(checked), "changed");
    change(
        call,
        before ->
            type.equals(SECRET)
                ? new Variables.Values(
                    before.open().without(key), before.secret().with(key, checked))
                : new Variables.Values(
                    before.open().with(key, checked), before.secret().without(key)));
    var variable = add(key, call.environment(), type.equals(SECRET) ? Json.NULL : text(checked));
    return HttpResponse.ok(
        Json.object().with("variable", view(variable, Optional.of(call.environment().slug()))));
  }

  private static Variable add(String key, EnvironmentEntry environment, Json shown) {
    return new Variable(
        key, environment, Map.of(environment.slug(), shown), shown instanceof Json.Null);
  }

  private static void checkBranding(String key, RequestValue value) {
    if (key.equals(VariableRules.BRANDING)) {
      BrandReader.read(new RequestValue(value.path(), VariableRules.value(value.json())));
    }
  }

  /** Takes the variable out of one environment. */
  HttpResponse delete(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    String key = request.pathParameter("key");
    if (variables.open(call.id()).get(key).isEmpty()
        && !variables.secretNames(call.id()).contains(key)) {
      throw ErrorCode.RESOURCE_MISSING.refused();
    }
    record(call, key, Optional.empty(), "removed");
    change(
        call,
        before -> new Variables.Values(before.open().without(key), before.secret().without(key)));
    return HttpResponse.noContent();
  }

  /** The value of a secret is in no record. */
  private void record(ManagementCall call, String key, Optional<Json> after, String action) {
    changes.record(
        call.id(),
        call.origin()
            .change(
                action,
                "variable/" + key,
                variables.open(call.id()).get(key).map(JsonText::write).orElse(""),
                after.map(JsonText::write).orElse("")));
  }

  private void change(ManagementCall call, UnaryOperator<Variables.Values> change) {
    if (!variables.change(call.id(), change)) {
      throw ErrorCode.CONTENT_CHANGED.refused();
    }
  }

  private List<Variable> all(Caller caller) {
    var byKey = new TreeMap<String, Variable>();
    for (EnvironmentEntry environment : everywhere.reachable(caller)) {
      variables
          .open(environment.id())
          .fields()
          .forEach((key, value) -> add(byKey, key, environment, text(value), false));
      for (String key : variables.secretNames(environment.id())) {
        add(byKey, key, environment, Json.NULL, true);
      }
    }
    return new ArrayList<>(byKey.values());
  }

  private static void add(
      Map<String, Variable> byKey,
      String key,
      EnvironmentEntry environment,
      Json value,
      boolean secret) {
    Variable before = byKey.getOrDefault(key, new Variable(key, environment, Map.of(), false));
    var values = new LinkedHashMap<>(before.values());
    values.put(environment.slug(), value);
    byKey.put(key, new Variable(key, before.first(), values, before.secret() || secret));
  }

  /** Knock's variables are texts; what is more is shown as JSON. */
  private static Json text(Json value) {
    return value instanceof Json.Str ? value : Json.of(JsonText.write(value));
  }

  private static Json.Obj view(Variable variable, Optional<String> slug) {
    Json.Obj view =
        Json.object()
            .with("key", variable.key())
            .with("type", variable.type())
            .with("inserted_at", Times.of(variable.first().createdAt()))
            .with("updated_at", Times.of(variable.first().updatedAt()));
    return slug.isPresent()
        ? view.with("value", variable.values().get(slug.get()))
        : view.with("environment_values", new Json.Obj(variable.values()));
  }
}
