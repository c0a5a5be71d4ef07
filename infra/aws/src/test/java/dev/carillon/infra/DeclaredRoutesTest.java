package dev.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.carillon.edge.access.Access;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.PathTemplate;
import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.edge.route.RouteTable;
import dev.carillon.functions.api.ApiRoutes;
import dev.carillon.functions.delivery.DeliveryRoutes;
import dev.carillon.functions.feeds.FeedsRoutes;
import dev.carillon.functions.intake.IntakeRoutes;
import dev.carillon.functions.management.ManagementRoutes;
import dev.carillon.tracking.link.TrackingPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Ties the routes of the template to those that the functions declare. After a route of management
 * was added: {@code ./carillon test -pl infra/aws -am -Dtest=DeclaredRoutesTest
 * -Droutes.write=true} writes its file anew.
 */
class DeclaredRoutesTest {
  private static final String DEFAULT = "$default";

  /**
   * What CloudFormation takes in one stack, and API Gateway in one API unless more is asked for.
   */
  private static final int MOST_RESOURCES = 500;

  private static final int MOST_ROUTES = 300;

  private static final Path FOLDER = Path.of("src/main/resources/dev/carillon/infra");

  private static final Map<String, List<RouteDeclaration>> DECLARED =
      Map.of(
          "Api", ApiRoutes.declared(),
          "Delivery", DeliveryRoutes.declared(),
          "Feeds", FeedsRoutes.declared(),
          "Intake", IntakeRoutes.declared(),
          "Management", ManagementRoutes.declared());

  /** Providers call it by any method and have no key, so that no table of ours declares it. */
  private static final String OF_PROVIDERS = "Callbacks";

  /** Posted to by other systems, which have no key either. */
  private static final String OF_SOURCES = "POST /integrations/receive/{id}";

  /** Providers send people to it, who have no key. */
  private static final String WITHOUT_KEY = "GET /providers/{provider}/authenticate";

  /** Reads its paths itself, without what authenticates: {@link TrackingPaths}. */
  private static final String TRACKING = "Tracking";

  private final Synthesized stack = Synthesized.DEFAULTS;

  @Test
  void the_routes_of_management_are_those_it_declares() throws IOException {
    String declared =
        ManagementRoutes.declared().stream()
            .map(RouteDeclaration::key)
            .sorted()
            .map(key -> key + "\n")
            .collect(Collectors.joining());
    if (Boolean.getBoolean("routes.write")) {
      Files.writeString(FOLDER.resolve(ManagementApi.ROUTES), declared);
    }
    assertThat(Files.readString(FOLDER.resolve(ManagementApi.ROUTES)))
        .as("write it anew with -Droutes.write=true")
        .isEqualTo(declared);
  }

  @Test
  void every_path_of_tracking_is_one_that_its_function_knows() {
    assertThat(stack.routesByFunction().get(TRACKING))
        .isNotEmpty()
        .allSatisfy(
            key ->
                assertThat(
                        TrackingPaths.read(key.split(" ")[1].replaceAll("\\{[^}]*}", "0123456789")))
                    .isNotInstanceOf(TrackingPaths.Asked.Nothing.class));
  }

  @Test
  void every_http_function_declares_its_routes() {
    assertThat(routesByFunction()).containsOnlyKeys(DECLARED.keySet());
    assertThat(DECLARED).allSatisfy((_, routes) -> assertThat(routes).isNotEmpty());
  }

  @Test
  void no_call_is_declared_by_two_functions() {
    assertThatCode(() -> new RouteTable<>(declared())).doesNotThrowAnyException();
  }

  @Test
  void every_declared_route_leads_to_the_function_that_declares_it() {
    var gateway = new RouteTable<>(ofTheTemplate());
    assertThat(declared())
        .allSatisfy(
            entry ->
                assertThat(
                        gateway
                            .match(entry.route().method().name(), example(entry.route()))
                            .map(RouteTable.Match::target)
                            .orElse(byDefault()))
                    .as(entry.route().key())
                    .isEqualTo(entry.target()));
  }

  @Test
  void the_template_has_a_route_of_its_own_only_where_another_function_than_the_default_answers() {
    routesByFunction()
        .forEach(
            (function, keys) ->
                assertThat(keys)
                    .as(function)
                    .isEqualTo(
                        function.equals(byDefault())
                            ? List.of(DEFAULT)
                            : keys.stream().filter(key -> declares(function, key)).toList()));
  }

  @Test
  void each_stack_stays_well_below_what_it_may_hold() {
    int resources =
        stack.templates().values().stream()
            .mapToInt(template -> Tree.map(template.get("Resources")).size())
            .max()
            .orElseThrow();
    int routes = stack.all("AWS::ApiGatewayV2::Route").size();
    System.out.printf(
        "%d of %d resources in the largest stack, %d of %d routes in the API for %d that are"
            + " declared%n",
        resources, MOST_RESOURCES, routes, MOST_ROUTES, declared().size());
    assertThat(resources).isLessThan(MOST_RESOURCES * 4 / 5);
    assertThat(routes).isLessThan(MOST_ROUTES / 2);
  }

  /** Each declared route with the function that declares it. */
  private static List<RouteTable.Entry<String>> declared() {
    var all = new ArrayList<RouteTable.Entry<String>>();
    DECLARED.forEach(
        (function, routes) ->
            routes.forEach(route -> all.add(new RouteTable.Entry<>(route, function))));
    return all;
  }

  private static boolean declares(String function, String key) {
    return DECLARED.get(function).stream().anyMatch(route -> route.key().equals(key));
  }

  /** Each route of the template but the default, with the function that it leads to. */
  private List<RouteTable.Entry<String>> ofTheTemplate() {
    var all = new ArrayList<RouteTable.Entry<String>>();
    routesByFunction()
        .forEach(
            (function, keys) ->
                keys.stream()
                    .filter(key -> !key.equals(DEFAULT))
                    .forEach(key -> all.add(new RouteTable.Entry<>(route(key), function))));
    return all;
  }

  private static RouteDeclaration route(String key) {
    String[] parts = key.split(" ", 2);
    return new RouteDeclaration(
        HttpMethod.valueOf(parts[0]), PathTemplate.of(parts[1]), Access.SECRET_KEY);
  }

  private String byDefault() {
    return routesByFunction().entrySet().stream()
        .filter(it -> it.getValue().contains(DEFAULT))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static String example(RouteDeclaration route) {
    return route.path().toString().replaceAll("\\{[^}]*}", "x");
  }

  private Map<String, List<String>> routesByFunction() {
    var routes = new TreeMap<String, List<String>>(stack.routesByFunction());
    routes.remove(TRACKING);
    routes.remove(OF_PROVIDERS);
    routes.computeIfPresent(
        "Intake", (_, keys) -> keys.stream().filter(key -> !key.equals(OF_SOURCES)).toList());
    routes.replaceAll((_, keys) -> keys.stream().filter(key -> !key.equals(WITHOUT_KEY)).toList());
    return routes;
  }
}
