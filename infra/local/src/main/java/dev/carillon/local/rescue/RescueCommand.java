package dev.carillon.local.rescue;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * {@code ./carillon redrive} and {@code ./carillon doctor}, on a deployment in AWS ({@code --stack
 * NAME}; credentials and Region are found as the AWS CLI finds them) or on a local stack that runs
 * ({@code --port PORT}). Ends with 1 when something is missing or was not done.
 */
public final class RescueCommand {
  private static final String LOCAL_STACK = "Carillon";

  private RescueCommand() {}

  /** A command line that cannot be obeyed; the message is one sentence for the user. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  public static void main(String[] arguments) throws InterruptedException {
    try {
      var rest = new ArrayList<>(List.of(arguments));
      var command = rest.removeFirst();
      var flags = new HashSet<String>();
      var stack = Optional.<String>empty();
      var port = "8080";
      while (!rest.isEmpty()) {
        var option = rest.removeFirst();
        switch (option) {
          case "--dry-run" -> flags.add(option);
          case "--stack" -> stack = Optional.of(value(option, rest));
          case "--port" -> port = value(option, rest);
          default -> throw new Refused(option + " is not known; ./carillon help says what is.");
        }
      }
      var aws = stack.isPresent() ? DeployedAws.here() : local(port);
      var name = stack.orElse(LOCAL_STACK);
      var ok =
          command.equals("doctor")
              ? doctor(Examination.of(name, aws, stack.isEmpty()))
              : redrive(name, aws, flags);
      System.exit(ok ? 0 : 1);
    } catch (Refused | SdkException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static String value(String option, List<String> rest) {
    if (rest.isEmpty()) {
      throw new Refused(option + " needs a value.");
    }
    return rest.removeFirst();
  }

  private static boolean redrive(String name, DeployedAws aws, Set<String> flags) {
    try (var sqs = aws.of(SqsClient.builder())) {
      return redrive(new DeadLetters(sqs, name + "-"), flags);
    }
  }

  private static boolean redrive(DeadLetters letters, Set<String> flags) {
    var all = letters.list();
    var ok = !all.isEmpty();
    if (all.isEmpty()) {
      System.out.println("there are no queues of that name");
    } else if (all.stream().allMatch(buried -> buried.letters() == 0)) {
      System.out.println("nothing is buried");
    }
    for (var buried : all) {
      if (buried.letters() == 0) {
        continue;
      }
      var line = buried.letters() + " of " + buried.queue();
      if (flags.contains("--dry-run")) {
        System.out.println("would go back: " + line);
        continue;
      }
      switch (letters.moveBack(buried)) {
        case DeadLetters.Outcome.Started() -> System.out.println("going back: " + line);
        case DeadLetters.Outcome.Refused(var reason) -> {
          System.out.println("left: " + line + ": " + reason);
          ok = false;
        }
      }
    }
    return ok;
  }

  private static boolean doctor(Doctor.Facts facts) {
    var findings = Doctor.findings(facts);
    findings.forEach(System.out::println);
    if (findings.isEmpty()) {
      System.out.println("nothing is missing");
    }
    return findings.isEmpty();
  }

  /** A stack on this machine says itself where its AWS is. */
  private static DeployedAws local(String port) throws InterruptedException {
    var health = URI.create("http://localhost:" + port + "/_local/health");
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(HttpRequest.newBuilder(health).GET().build(), BodyHandlers.ofString()).body();
      if (JsonText.parse(answer) instanceof Json.Obj object
          && object.text("aws_endpoint").isPresent()) {
        return DeployedAws.at(URI.create(object.text("aws_endpoint").orElseThrow()));
      }
    } catch (IOException _) {
      throw new Refused("No stack answers at " + health + "; start one, or give --stack.");
    }
    throw new Refused("What answers at " + health + " is no Carillon stack.");
  }
}
