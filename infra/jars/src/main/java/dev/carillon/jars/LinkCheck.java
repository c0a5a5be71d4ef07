package dev.carillon.jars;

import dev.carillon.jars.dynamic.LambdaPlaces;
import dev.carillon.jars.path.ClassPath;
import dev.carillon.jars.path.ClassShape;
import dev.carillon.jars.path.PlatformMethods;
import dev.carillon.jars.path.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at what was kept as the JVM will: whatever the whole class path has for a name in it must
 * be there still, and each object must answer each call with the method that it would have had.
 */
final class LinkCheck {
  private final ClassPath whole;
  private final PlatformMethods platform;
  private final Map<String, KeptClass> kept;
  private final Map<String, Set<String>> asked = new HashMap<>();
  private final Set<String> made = new HashSet<>();
  private final List<String> broken = new ArrayList<>();

  private LinkCheck(ClassPath whole, PlatformMethods platform, Map<String, KeptClass> kept) {
    this.whole = whole;
    this.platform = platform;
    this.kept = kept;
    for (KeptClass it : kept.values()) {
      if (it.made) {
        made.addAll(whole.ancestors(it.shape.name));
      }
    }
  }

  /** A sentence for each name that leads nowhere, or elsewhere; none when all is well. */
  static List<String> broken(
      ClassPath whole, PlatformMethods platform, Map<String, KeptClass> kept) {
    var links = new LinkCheck(whole, platform, kept);
    kept.values().forEach(links::check);
    kept.values().stream().filter(it -> it.made).forEach(it -> links.answers(it.shape.name));
    return links.broken;
  }

  private void check(KeptClass it) {
    ClassShape shape = it.shape;
    shape.parents.forEach(parent -> present(shape.name, parent));
    for (String method : it.methods) {
      String from = shape.name + "." + method;
      for (Use use : shape.uses(method)) {
        switch (use) {
          case Use.Named(var type) -> present(from, type);
          case Use.Literal(var type) -> present(from, type);
          case Use.Made(var type) -> present(from, type);
          case Use.StaticField(var type, _) -> present(from, type);
          case Use.Called(var type, var callee) -> {
            present(from, type);
            // Of a type that nobody makes, nobody calls anything.
            if (made.contains(type)) {
              declared(from, type, callee);
            }
            asked.computeIfAbsent(type, _ -> new LinkedHashSet<>()).add(callee);
          }
          case Use.CalledAs(var type, var callee, _) -> declared(from, type, callee);
          case Use.Asked(var type) -> asked(from, type);
          case Use.Text _ -> {}
        }
      }
    }
  }

  private void asked(String from, String type) {
    if (LambdaPlaces.isPlain(type)) {
      broken.add(from + " asks whether an object is a " + type + ", as any lambda might be here");
    }
  }

  private void present(String from, String type) {
    if (whole.find(type).isPresent() && !kept.containsKey(type)) {
      broken.add(from + " names " + type + ", which is left out");
    }
  }

  private void declared(String from, String type, String method) {
    present(from, type);
    if (!found(type, method, true).equals(found(type, method, false))) {
      broken.add(from + " calls " + type + "." + method + ", which is left out");
    }
  }

  /** What objects of this class are asked, as one of their types or by the JDK. */
  private void answers(String name) {
    for (String type : whole.ancestors(name)) {
      Set<String> methods =
          whole.find(type).isPresent() ? asked.getOrDefault(type, Set.of()) : platform.of(type);
      for (String method : methods) {
        if (!found(name, method, true).equals(found(name, method, false))) {
          broken.add(name + " answers " + type + "." + method + " with another method");
        }
      }
    }
  }

  /** The class, or the interfaces, whose method a call of the class's runs. */
  private Set<String> found(String type, String method, boolean all) {
    for (Optional<ClassShape> at = whole.find(type);
        at.isPresent();
        at = whole.superclass(at.get())) {
      if (has(at.get(), method, all)) {
        return Set.of(at.get().name);
      }
    }
    var interfaces = new LinkedHashSet<String>();
    for (String name : whole.ancestors(type)) {
      whole
          .find(name)
          .filter(it -> it.isInterface && has(it, method, all))
          .ifPresent(it -> interfaces.add(it.name));
    }
    return interfaces;
  }

  private boolean has(ClassShape shape, String method, boolean all) {
    return all
        ? shape.methods.containsKey(method)
        : kept.containsKey(shape.name) && kept.get(shape.name).methods.contains(method);
  }
}
