package dev.carillon.jars;

import dev.carillon.jars.path.ClassPath;
import dev.carillon.jars.path.ClassShape;
import dev.carillon.jars.path.Library;
import dev.carillon.jars.path.PlatformMethods;
import dev.carillon.jars.path.Use;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What can be reached from a handler: classes, and the methods of those that are trimmed. A call
 * reaches what the classes that are made along the way make of it; whatever the JDK declares, it
 * may call. A class that is not trimmed is reached whole, as is one that a text names.
 */
final class Reach {
  private static final Set<String> BY_NAME =
      Set.of("readObject", "writeObject", "readResolve", "writeReplace", "readObjectNoData");

  private final ClassPath classPath;
  private final PlatformMethods platform;
  private final Map<String, Set<String>> services;
  private final Map<String, KeptClass> reached = new TreeMap<>();
  private final Map<String, Set<String>> called = new HashMap<>();
  private final Map<String, List<ClassShape>> madeOf = new HashMap<>();
  private final Deque<Runnable> todo = new ArrayDeque<>();

  private Reach(ClassPath classPath, PlatformMethods platform) {
    this.classPath = classPath;
    this.platform = platform;
    this.services = classPath.services();
  }

  /** What is reached, by internal name. */
  static Map<String, KeptClass> from(
      List<String> handlers, ClassPath classPath, PlatformMethods platform) {
    var reach = new Reach(classPath, platform);
    handlers.forEach(reach::whole);
    reach.follow();
    var looked = new HashSet<Library>();
    for (boolean more = true; more; ) {
      more = false;
      for (Library library : classPath.libraries()) {
        if (library.classes().keySet().stream().anyMatch(reach.reached::containsKey)
            && looked.add(library)) {
          reach.files(library);
          more = true;
        }
      }
      reach.follow();
    }
    return reach.reached;
  }

  private void follow() {
    while (!todo.isEmpty()) {
      todo.pop().run();
    }
  }

  /** What the files of a library that is reached register with itself or with the JDK. */
  private void files(Library library) {
    classPath.namedInFiles(library).forEach(this::whole);
    services.forEach(
        (service, providers) -> {
          if (classPath.find(service).isEmpty()) {
            providers.stream().filter(library.classes()::containsKey).forEach(this::whole);
          }
        });
  }

  /** Every method of it, as if anybody could call them. */
  private void whole(String name) {
    named(name)
        .ifPresent(
            it -> {
              made(name);
              List.copyOf(it.shape.methods.keySet()).forEach(method -> keep(it, method));
            });
  }

  private Optional<KeptClass> named(String name) {
    KeptClass known = reached.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<ClassShape> found = classPath.find(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ClassShape shape = found.get();
    var it = new KeptClass(shape);
    reached.put(name, it);
    shape.parents.forEach(this::named);
    shape.companions.forEach(this::named);
    services.getOrDefault(name, Set.of()).forEach(provider -> todo.push(() -> whole(provider)));
    if (!shape.trimmed) {
      todo.push(() -> whole(name));
    }
    return Optional.of(it);
  }

  private void initialized(String name) {
    Optional<KeptClass> found = named(name);
    if (found.isEmpty() || found.get().initialized) {
      return;
    }
    KeptClass it = found.get();
    it.initialized = true;
    it.shape.parents.forEach(this::initialized);
    it.shape.fieldTypes.forEach(this::named);
    for (String method : it.shape.methods.keySet()) {
      String plain = method.substring(0, method.indexOf('('));
      if (plain.equals("<clinit>")
          || BY_NAME.contains(plain)
          || it.shape.isEnum && (plain.equals("values") || plain.equals("valueOf"))) {
        keep(it, method);
      }
    }
  }

  private void made(String name) {
    initialized(name);
    KeptClass it = reached.get(name);
    if (it == null || it.made) {
      return;
    }
    it.made = true;
    for (String type : classPath.ancestors(it.shape.name)) {
      madeOf.computeIfAbsent(type, _ -> new ArrayList<>()).add(it.shape);
      Set<String> calls =
          classPath.find(type).isPresent()
              ? called.getOrDefault(type, Set.of())
              : platform.of(type);
      for (String method : List.copyOf(calls)) {
        declared(type, method);
        declared(name, method);
      }
    }
  }

  private void call(String type, String method) {
    if (named(type).isEmpty()
        || !called.computeIfAbsent(type, _ -> new LinkedHashSet<>()).add(method)) {
      return;
    }
    // Of a type that nobody makes, nobody calls anything.
    for (ClassShape made : List.copyOf(madeOf.getOrDefault(type, List.of()))) {
      declared(type, method);
      declared(made.name, method);
    }
  }

  /** Where a class has a method from: the first of its superclasses, or all of its interfaces. */
  private void declared(String type, String method) {
    for (Optional<ClassShape> at = classPath.find(type);
        at.isPresent();
        at = classPath.superclass(at.get())) {
      if (at.get().methods.containsKey(method)) {
        named(at.get().name).ifPresent(it -> keep(it, method));
        if (!at.get().isInterface) {
          return;
        }
        break;
      }
    }
    for (String name : classPath.ancestors(type)) {
      classPath
          .find(name)
          .filter(it -> it.isInterface && it.methods.containsKey(method))
          .flatMap(it -> named(it.name))
          .ifPresent(it -> keep(it, method));
    }
  }

  private void keep(KeptClass it, String method) {
    if (it.methods.add(method)) {
      todo.push(() -> it.shape.uses(method).forEach(this::use));
    }
  }

  private void use(Use use) {
    switch (use) {
      case Use.Named(var type) -> named(type);
      case Use.Asked _ -> {}
      // A class that is handed around may be made by who gets it.
      case Use.Literal(var type) -> made(type);
      case Use.Made(var type) -> made(type);
      case Use.Called(var type, var method) -> call(type, method);
      case Use.CalledAs(var type, var method, var isStatic) -> {
        if (isStatic) {
          initialized(type);
        } else {
          named(type);
        }
        declared(type, method);
      }
      case Use.StaticField(var type, var field) -> staticField(type, field);
      case Use.Text(var text) -> {
        if (text.indexOf('.') > 0
            && text.length() < 200
            && classPath.find(text.replace('.', '/')).isPresent()) {
          whole(text.replace('.', '/'));
        }
      }
    }
  }

  private void staticField(String type, String field) {
    initialized(type);
    for (String name : classPath.ancestors(type)) {
      if (classPath.find(name).filter(it -> it.fields.contains(field)).isPresent()) {
        initialized(name);
      }
    }
  }
}
