package dev.carillon.preference;

import static dev.carillon.preference.Given.FACTS;
import static dev.carillon.preference.Given.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Compares the layered lookup with the plain reading of the rules: merge whole sets first, each
 * value bearing its layer, then go through the pseudo-code.
 */
class PreferencesModelTest {
  private static final int ROUNDS = 20_000;
  private static final String ID = Given.EMAIL.id().toString();

  /** A merged value; {@code layer} is set where it is no map. */
  private record Node(Optional<Layer> layer, Json value, Map<String, Node> fields, boolean fixed) {}

  private record Naive(boolean wanted, Layer layer, String place) {}

  @Test
  void merging_everything_and_looking_it_up_by_layers_come_to_the_same() {
    var random = new Random(20260310);
    var layers = new HashMap<Layer, Integer>();
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      var sets =
          new PreferenceSets(
              recipient(random),
              random.nextBoolean() ? Given.acme() : Optional.empty(),
              random.nextBoolean() ? Optional.of(set(random)) : Optional.empty(),
              random.nextInt(3) > 0 ? set(random) : Json.Obj.EMPTY);
      var sending =
          new Sending(
              "hello",
              List.of("collab", "Daily news").subList(0, random.nextInt(3)),
              random.nextInt(4) == 0,
              random.nextInt(20) == 0,
              Given.EMAIL);
      Naive expected = naive(sets, sending);
      Choice choice = Preferences.choose(sets, sending, FACTS);
      assertThat(
              new Naive(
                  choice instanceof Choice.Wanted,
                  choice.reason().layer(),
                  choice.reason().place()))
          .as("%d: %s %s", i, sets, sending)
          .isEqualTo(expected);
      layers.merge(expected.layer(), 1, Integer::sum);
      refused += expected.wanted() ? 0 : 1;
    }
    assertThat(layers).containsOnlyKeys(Layer.values());
    assertThat(layers.values()).allMatch(count -> count > ROUNDS / 200);
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS / 2);
  }

  private static Map<String, Json.Obj> recipient(Random random) {
    var sets = new HashMap<String, Json.Obj>();
    for (String id : List.of("default", "acme", "other")) {
      if (random.nextBoolean()) {
        sets.put(id, set(random));
      }
    }
    return sets;
  }

  private static Json.Obj set(Random random) {
    var set = new LinkedHashMap<String, Json>();
    for (String kind : List.of("workflows", "categories")) {
      if (random.nextInt(3) > 0) {
        var map = new LinkedHashMap<String, Json>();
        for (String name : List.of("hello", "collab", "Daily news", "other")) {
          if (random.nextInt(3) == 0) {
            map.put(name, scope(random));
          }
        }
        set.put(kind, marked(map, random));
      }
    }
    channels(set, random);
    if (random.nextInt(4) == 0) {
      set.put("commercial_subscribed", leaf(random));
    }
    return new Json.Obj(set);
  }

  private static Json scope(Random random) {
    if (random.nextInt(3) > 0) {
      return leaf(random);
    }
    var scope = new LinkedHashMap<String, Json>();
    if (random.nextInt(3) == 0) {
      scope.put("conditions", conditions(random));
    }
    channels(scope, random);
    return marked(scope, random);
  }

  private static void channels(Map<String, Json> scope, Random random) {
    if (random.nextInt(3) == 0) {
      var map = new LinkedHashMap<String, Json>();
      for (String name : List.of("email", "sms")) {
        if (random.nextBoolean()) {
          map.put(name, leaf(random));
        }
      }
      scope.put("channel_types", random.nextInt(8) == 0 ? Json.NULL : marked(map, random));
    }
    if (random.nextInt(6) == 0) {
      var map = new LinkedHashMap<String, Json>();
      for (String name : List.of(ID, "email")) {
        if (random.nextInt(3) == 0) {
          map.put(name, leaf(random));
        }
      }
      scope.put("channels", marked(map, random));
    }
  }

  private static Json leaf(Random random) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> Json.TRUE;
      case 4, 5 -> Json.FALSE;
      case 6 -> Json.NULL;
      case 7 -> Json.Obj.EMPTY;
      case 8 -> random.nextInt(10) == 0 ? Json.of("true") : Json.TRUE;
      default -> marked(new LinkedHashMap<>(Map.of("conditions", conditions(random))), random);
    };
  }

  private static Json conditions(Random random) {
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> json("{\"c\": [YES]}").fields().get("c");
      case 3 -> json("{\"c\": [YES, NO]}").fields().get("c");
      case 4 -> Json.array(List.of());
      default -> Json.array(List.of(Json.object().with("variable", "data.plan")));
    };
  }

  private static Json.Obj marked(Map<String, Json> fields, Random random) {
    if (random.nextInt(5) == 0) {
      fields.put("__strategy__", Json.of(random.nextInt(4) > 0 ? "replace" : "merge"));
    }
    return new Json.Obj(fields);
  }

  // The plain reading.

  private static Naive naive(PreferenceSets sets, Sending sending) {
    if (sending.overriding()) {
      return new Naive(true, Layer.OVERRIDE, "override_preferences");
    }
    var agreed = new ArrayList<Naive>();
    Json.Obj own = sets.recipient().getOrDefault("default", Json.Obj.EMPTY);
    var rulings = new ArrayList<Optional<Naive>>();
    if (sending.commercial()) {
      rulings.add(
          Optional.ofNullable(tree(Layer.COMMERCIAL, own).fields().get("commercial_subscribed"))
              .flatMap(node -> leaf("commercial_subscribed", node)));
    }
    Node set = tree(Layer.ENVIRONMENT, sets.environment());
    boolean forTenant =
        sets.tenant().isPresent()
            && (sets.tenantDefault().isPresent()
                || sets.recipient().containsKey(sets.tenant().get().value()));
    if (forTenant) {
      set = over(set, tree(Layer.TENANT, sets.tenantDefault().orElse(Json.Obj.EMPTY)), true);
      set =
          over(
              set,
              tree(Layer.RECIPIENT_TENANT, sets.recipient().getOrDefault("acme", Json.Obj.EMPTY)),
              true);
    } else {
      set = over(set, tree(Layer.RECIPIENT, own), true);
    }
    scope(rulings, "workflows.hello", below(set, "workflows", "hello"));
    for (String category : sending.categories()) {
      scope(rulings, "categories." + category, below(set, "categories", category));
    }
    channel(rulings, "", set);
    for (Optional<Naive> ruling : rulings) {
      if (ruling.isPresent() && !ruling.get().wanted()) {
        return ruling.get();
      }
      ruling.ifPresent(agreed::add);
    }
    return agreed.stream()
        .filter(it -> it.layer() != Layer.COMMERCIAL)
        .findFirst()
        .or(() -> agreed.stream().findFirst())
        .orElse(new Naive(true, Layer.DEFAULT, ""));
  }

  private static void scope(List<Optional<Naive>> rulings, String place, Optional<Node> scope) {
    scope.ifPresent(
        node -> {
          rulings.add(leaf(place, node));
          channel(rulings, place + ".", node);
        });
  }

  private static void channel(List<Optional<Naive>> rulings, String prefix, Node scope) {
    for (String path : List.of("channels/" + ID, "channels/email", "channel_types/email")) {
      String[] names = path.split("/");
      Optional<Node> node = below(scope, names[0], names[1]);
      if (node.isPresent()) {
        rulings.add(leaf(prefix + path.replace('/', '.'), node.get()));
        return;
      }
    }
  }

  private static Optional<Naive> leaf(String place, Node node) {
    if (node.layer().isPresent()) {
      return Optional.of(new Naive(node.value().equals(Json.TRUE), node.layer().get(), place));
    }
    return Optional.ofNullable(node.fields().get("conditions"))
        .map(it -> new Naive(hold(it.value()), it.layer().orElseThrow(), place));
  }

  /** The only conditions made above: some hold, some do not, some are none. */
  private static boolean hold(Json conditions) {
    return ((Json.Arr) conditions)
        .items().stream()
            .allMatch(
                it -> ((Json.Obj) it).text("operator").filter("equal_to"::equals).isPresent());
  }

  private static Optional<Node> below(Node node, String first, String second) {
    return Optional.ofNullable(node.fields().get(first))
        .flatMap(it -> Optional.ofNullable(it.fields().get(second)));
  }

  private static Node tree(Layer layer, Json json) {
    if (!(json instanceof Json.Obj object)) {
      return new Node(Optional.of(layer), json, Map.of(), false);
    }
    var fields = new LinkedHashMap<String, Node>();
    object
        .fields()
        .forEach(
            (name, value) -> {
              if (!name.equals("__strategy__") && !value.equals(Json.NULL)) {
                fields.put(name, tree(layer, value));
              }
            });
    return new Node(
        Optional.empty(), json, fields, object.text("__strategy__").equals(Optional.of("replace")));
  }

  private static Node over(Node lower, Node higher, boolean whole) {
    if (lower.fixed() && !whole) {
      return lower;
    }
    if (lower.layer().isPresent() || higher.layer().isPresent()) {
      return higher;
    }
    Set<String> names = new LinkedHashSet<>(lower.fields().keySet());
    names.addAll(higher.fields().keySet());
    var fields = new LinkedHashMap<String, Node>();
    for (String name : names) {
      Node low = lower.fields().get(name);
      Node high = higher.fields().get(name);
      fields.put(name, low == null ? high : high == null ? low : over(low, high, false));
    }
    return new Node(Optional.empty(), higher.value(), fields, higher.fixed());
  }
}
