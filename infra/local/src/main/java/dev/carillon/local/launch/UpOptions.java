package dev.carillon.local.launch;

import dev.carillon.local.egress.ProviderRoutes;
import dev.carillon.local.egress.ProviderRoutes.Route;
import dev.carillon.provider.Providers;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code up} was asked for.
 *
 * @param port of the API and {@code /_local}; 0 for any free one
 * @param data where the stack keeps what it must not forget; empty: in memory
 * @param workflows a folder of workflows, or a project root, of the user's own
 * @param allowedHosts {@code host:port} that functions may call although they are private
 * @param allowedOrigins of web pages elsewhere that may call the API; {@code *} for all
 * @param providers where calls to providers go
 * @param isolated whether each function runs in processes of its own
 * @param streaming whether every event of messages and runs is listed too
 */
record UpOptions(
    int port,
    Optional<Path> data,
    Optional<Path> workflows,
    List<String> allowedHosts,
    List<String> allowedOrigins,
    ProviderRoutes providers,
    boolean isolated,
    boolean streaming) {
  private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/\\s]+");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}");

  UpOptions {
    allowedHosts = List.copyOf(allowedHosts);
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  /** A command line that cannot be obeyed; the message is one sentence for the user. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * Reads the command line.
   *
   * @throws Refused when it is not understood
   */
  static UpOptions parse(List<String> arguments) {
    var port = 8080;
    var data = Optional.<Path>empty();
    var workflows = Optional.<Path>empty();
    var hosts = new ArrayList<String>();
    var origins = new ArrayList<String>();
    var providers = new HashMap<String, Route>();
    var isolated = false;
    var streaming = false;
    var rest = new ArrayList<>(arguments);
    while (!rest.isEmpty()) {
      var argument = rest.removeFirst();
      var equals = argument.indexOf('=');
      if (argument.startsWith("--") && equals > 0) {
        rest.addFirst(argument.substring(equals + 1));
        argument = argument.substring(0, equals);
      }
      switch (argument) {
        case "--port" -> port = port(value(argument, rest));
        case "--data" -> data = Optional.of(Path.of(value(argument, rest)).toAbsolutePath());
        case "--workflows" -> workflows = Optional.of(folder(value(argument, rest)));
        case "--allow-host" -> hosts.add(host(value(argument, rest)));
        case "--allow-origin" -> origins.add(origin(value(argument, rest)));
        case "--isolated" -> isolated = true;
        case "--stream" -> streaming = true;
        case "--provider" -> provider(value(argument, rest), providers);
        default -> throw new Refused("up does not know " + argument + "; ./carillon help does.");
      }
    }
    return new UpOptions(
        port, data, workflows, hosts, origins, new ProviderRoutes(providers), isolated, streaming);
  }

  private static String value(String option, List<String> rest) {
    if (rest.isEmpty()) {
      throw new Refused(option + " needs a value.");
    }
    return rest.removeFirst();
  }

  private static int port(String text) {
    try {
      var port = Integer.parseInt(text);
      if (port >= 0 && port < 65_536) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new Refused("--port needs a number from 0 to 65535, not " + text + ".");
  }

  private static Path folder(String text) {
    var folder = Path.of(text).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new Refused("--workflows needs a folder; " + folder + " is none.");
    }
    return folder;
  }

  private static String origin(String text) {
    if (!ORIGIN.matcher(text).matches()) {
      throw new Refused(
          "--allow-origin needs an origin such as https://app.example, not " + text + ".");
    }
    return text;
  }

  private static void provider(String text, Map<String, Route> routes) {
    var equals = text.indexOf('=');
    var key = text.substring(0, Math.max(equals, 0));
    var where = text.substring(equals + 1);
    if (Providers.named(key).isEmpty()
        || !(where.equals("live") || ORIGIN.matcher(where).matches())) {
      throw new Refused(
          "--provider needs KEY=live or KEY=http://HOST:PORT, with the key of a provider, not "
              + text
              + ".");
    }
    ProviderRoutes.fixed(Providers.named(key).get())
        .ifPresent(
            why -> {
              throw new Refused("--provider cannot lead " + key + " elsewhere: " + why + ".");
            });
    routes.put(key, where.equals("live") ? new Route.Live() : new Route.To(URI.create(where)));
  }

  private static String host(String text) {
    if (!HOST_AND_PORT.matcher(text).matches()) {
      throw new Refused("--allow-host needs HOST:PORT, not " + text + ".");
    }
    return text;
  }
}
