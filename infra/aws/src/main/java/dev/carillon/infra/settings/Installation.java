package dev.carillon.infra.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One installation in an account, and the names by which its three stacks know each other's
 * resources. Names are chosen here and not by CloudFormation, so that the functions can be
 * deployed, rolled back and destroyed by themselves; only what AWS alone can name, the ids of the
 * two APIs, is exported and imported.
 *
 * @param name what all of it begins with
 */
public record Installation(String name) {
  /** A queue's name, the longest that is made of it, has 80 characters. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,39}");

  public Installation {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "stackName must begin with a letter and have letters, digits and hyphens, 40 at most,"
              + " not "
              + name);
    }
  }

  /** Of the stack that holds what must not be lost. */
  public String dataStack() {
    return name + "-Data";
  }

  /** Of the stack that holds the addresses by which the world knows the installation. */
  public String edgeStack() {
    return name + "-Edge";
  }

  /** Of the stack that holds all that can be made again from its template. */
  public String servicesStack() {
    return name + "-Services";
  }

  public String table() {
    return name;
  }

  public String queue(WorkQueue queue) {
    return name + "-" + queue.function();
  }

  public String deadLetters(WorkQueue queue) {
    return queue(queue) + "-dead";
  }

  /** What SES reports mails by that are sent under it. */
  public String configurationSet() {
    return name;
  }

  /** The function that the command line speaks to. */
  public String operator() {
    return name + "-operator";
  }

  /** The export that holds the HTTP API's id. */
  public String httpApi() {
    return name + "-HttpApi";
  }

  /** The export that holds the WebSocket API's id. */
  public String socketApi() {
    return name + "-SocketApi";
  }

  /** What the names of its secrets begin with. */
  public String secretPrefix() {
    return name.toLowerCase(Locale.ROOT) + "/";
  }
}
