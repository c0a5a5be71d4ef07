package dev.carillon.jars.dynamic;

import dev.carillon.jars.path.ClassPath;
import dev.carillon.jars.path.ClassShape;
import dev.carillon.jars.path.Library;
import dev.carillon.jars.path.Names;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which class stands in for which lambda. That depends on the library alone and not on what a
 * function keeps of it, so that functions share what is written of its classes. Not safe for
 * several threads.
 */
public final class LambdaPlaces {
  /** The code of as many stays well below what the JVM no longer compiles, 8,000 bytes. */
  private static final int MOST = 160;

  /** As one that any lambda may have beside its own: nobody asks whether an object has it. */
  private static final Set<String> PLAIN =
      Set.of("java/lang/Runnable", "java/util/Comparator", "java/util/concurrent/Callable");

  private final Map<Library, Map<Lambda, LambdaSite.Place>> known = new IdentityHashMap<>();

  /** What one class stands in for: its name, and how many there are so far. */
  private static final class Room {
    final String type;
    int lambdas;

    Room(String type) {
      this.type = type;
    }
  }

  /** Those of one class's lambdas, and of others of its library. */
  Map<Lambda, LambdaSite.Place> of(ClassShape host, ClassPath whole) {
    Library library =
        whole.libraries().stream()
            .filter(it -> it.classes().get(host.name) == host)
            .findFirst()
            .orElseThrow();
    return known.computeIfAbsent(library, it -> places(it.classes().values()));
  }

  /** Neighbours by name with the same interface share a class. */
  private static Map<Lambda, LambdaSite.Place> places(Collection<ClassShape> classes) {
    var places = new HashMap<Lambda, LambdaSite.Place>();
    var rooms = new HashMap<String, Room>();
    var names = new HashSet<String>();
    var byName = classes.stream().sorted(Comparator.comparing(it -> it.name)).toList();
    for (ClassShape host : byName) {
      for (Lambda lambda : Lambda.of(host)) {
        String type = Names.returned(lambda.factory().descriptorString());
        String simple =
            isPlain(type)
                ? "Lambdas"
                : type.substring(type.lastIndexOf('/') + 1).replace('$', '_') + "s";
        String key = host.folder() + " " + (isPlain(type) ? "" : type);
        Room room = rooms.get(key);
        if (room == null || room.lambdas >= MOST) {
          room = new Room(free(host.name + "$$" + simple, names));
          rooms.put(key, room);
        }
        places.put(lambda, new LambdaSite.Place(room.type, room.lambdas++));
      }
    }
    return places;
  }

  /** Two interfaces of different packages may have one simple name. */
  private static String free(String name, Set<String> names) {
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + i;
    }
    return free;
  }

  /** One class may stand in for lambdas of all of these: none has a method of another's. */
  public static boolean isPlain(String type) {
    return type.startsWith("java/util/function/") || PLAIN.contains(type);
  }
}
