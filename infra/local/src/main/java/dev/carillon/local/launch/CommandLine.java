package dev.carillon.local.launch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a command was called with: options with a value, options without one, and the rest. */
record CommandLine(Map<String, String> options, Set<String> flags, List<String> rest) {
  private static final String DASHES = "--";

  CommandLine {
    options = Map.copyOf(options);
    flags = Set.copyOf(flags);
    rest = List.copyOf(rest);
  }

  /**
   * @param valued the options that have a value
   * @param bare those that have none
   * @throws UpOptions.Refused for an option that is neither, or lacks its value
   */
  static CommandLine read(List<String> arguments, Set<String> valued, Set<String> bare) {
    var options = new HashMap<String, String>();
    var flags = new HashSet<String>();
    var rest = new ArrayList<String>();
    var left = new ArrayList<>(arguments);
    while (!left.isEmpty()) {
      String argument = left.removeFirst();
      if (!argument.startsWith(DASHES)) {
        rest.add(argument);
      } else if (bare.contains(argument)) {
        flags.add(argument);
      } else if (!valued.contains(argument)) {
        throw new UpOptions.Refused(argument + " is not known here; ./carillon help says what is.");
      } else if (left.isEmpty()) {
        throw new UpOptions.Refused(argument + " needs a value.");
      } else {
        options.put(argument, left.removeFirst());
      }
    }
    return new CommandLine(options, flags, rest);
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }
}
