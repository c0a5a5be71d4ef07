package dev.carillon.local.functions;

import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.iam.AccessRequest.Need;
import dev.carillon.local.iam.Principal;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplate;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The functions of the template, run from the archives that would be deployed. A function is known
 * by its name in the template or by its verb ({@code intake}).
 */
public final class LocalFunctions implements AutoCloseable {
  /** Bytes of the largest event that Lambda's Invoke takes: 6 MiB and 100 bytes. */
  public static final int EVENT_LIMIT = 6 * 1024 * 1024 + 100;

  /** Bytes of the largest answer that Lambda passes on. */
  public static final int ANSWER_LIMIT = 6 * 1024 * 1024 + 100;

  private static final String KEY_PREFIX = "AKIALOCAL";
  private static final Principal LAMBDA = new Principal.Service("lambda.amazonaws.com");

  private final Map<String, FunctionHost> byVerb = new ConcurrentSkipListMap<>();
  private final Map<String, WatchedVariables> variables = new ConcurrentHashMap<>();
  private final Surroundings surroundings;
  private final AccessControl access;
  private final StackActivity activity;
  private final Invocations invocations;
  private final FunctionHost.Kind kind;

  /** Told of every invocation that reaches a handler, and of what AWS does around it. */
  @FunctionalInterface
  public interface Invocations {
    void ended(String verb, boolean failed, Duration took);

    default void began(String verb, byte[] event) {}

    /** The function's queue was asked for this in its name. */
    default void polled(String verb, String operation) {}
  }

  /**
   * Where the functions find the world.
   *
   * @param aws the endpoint that all AWS traffic goes to
   * @param variables added to every function's own
   * @param access what their roles let Lambda do for them
   */
  public record Surroundings(URI aws, Map<String, String> variables, AccessControl access) {
    public Surroundings {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * Loads nothing yet: a function is loaded by its first invocation or by {@link #warm}.
   *
   * @param kind where handlers run; closed with this
   */
  public LocalFunctions(
      List<StackTemplate.Function> functions,
      Surroundings surroundings,
      FunctionHost.Kind kind,
      StackActivity activity,
      Invocations invocations) {
    this.surroundings = surroundings;
    this.access = surroundings.access();
    this.activity = activity;
    this.invocations = invocations;
    this.kind = kind;
    functions.forEach(this::host);
  }

  private void host(StackTemplate.Function function) {
    byVerb.put(
        function.verb(),
        kind.host(
            function,
            variables.computeIfAbsent(
                function.verb(), _ -> new WatchedVariables(variables(function, surroundings)))));
  }

  /**
   * The function's next invocation begins from nothing, as in an environment that Lambda has just
   * made; what runs ends where it is.
   *
   * @throws NoSuchElementException when there is no such function
   */
  public void renew(String verb) {
    host(find(verb).orElseThrow());
  }

  private static Map<String, String> variables(
      StackTemplate.Function function, Surroundings surroundings) {
    var all = new LinkedHashMap<String, String>(function.variables());
    all.put("AWS_REGION", AccountRegion.LOCAL.region());
    all.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    all.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(function.memoryMegabytes()));
    all.put("AWS_ACCESS_KEY_ID", accessKey(function.verb()));
    all.put("AWS_SECRET_ACCESS_KEY", "local");
    all.put("AWS_ENDPOINT_URL", surroundings.aws().toString());
    all.putAll(surroundings.variables());
    return all;
  }

  private static String accessKey(String verb) {
    return KEY_PREFIX + verb.toUpperCase(Locale.ROOT);
  }

  /** The verb of the function that signs with this key; the key itself when no function does. */
  public String verbOf(String accessKey) {
    var verb =
        accessKey.startsWith(KEY_PREFIX)
            ? accessKey.substring(KEY_PREFIX.length()).toLowerCase(Locale.ROOT)
            : "";
    return byVerb.containsKey(verb) ? verb : accessKey;
  }

  /** The function as the template has it; empty when there is no such function. */
  public Optional<StackTemplate.Function> find(String nameOrVerb) {
    return deployed(nameOrVerb).map(FunctionHost::function);
  }

  /** Which of its variables a function has asked for; none for a function that is isolated. */
  public Set<String> variablesAsked(String verb) {
    return variables.get(verb).asked();
  }

  private Optional<FunctionHost> deployed(String nameOrVerb) {
    return Optional.ofNullable(byVerb.get(nameOrVerb))
        .or(
            () ->
                byVerb.values().stream()
                    .filter(d -> d.function().name().equals(nameOrVerb))
                    .findFirst());
  }

  /** Loads every function that is not loaded yet, one after the other. Trouble is only logged. */
  public void warm() {
    for (var entry : byVerb.entrySet()) {
      try {
        entry.getValue().start();
      } catch (Exception | LinkageError e) {
        log(entry.getKey(), e);
      }
    }
  }

  /**
   * Runs the function and waits for its end or its timeout, in real time.
   *
   * @throws NoSuchElementException when there is no such function
   */
  public InvocationResult invoke(String nameOrVerb, byte[] event) {
    return invoke(nameOrVerb, event, Optional.empty());
  }

  /**
   * The same, as part of a trace.
   *
   * @param trace the trace's header; empty where one begins
   */
  public InvocationResult invoke(String nameOrVerb, byte[] event, Optional<String> trace) {
    var deployed =
        deployed(nameOrVerb)
            .orElseThrow(() -> new NoSuchElementException("No function " + nameOrVerb));
    if (event.length > EVENT_LIMIT) {
      return new InvocationResult.EventTooLarge();
    }
    var verb = deployed.function().verb();
    invocations.began(verb, event);
    var start = System.nanoTime();
    var outcome = run(deployed, event, trace);
    invocations.ended(
        verb,
        !(outcome instanceof InvocationResult.Returned),
        Duration.ofNanos(System.nanoTime() - start));
    return outcome;
  }

  /** Lambda's poller made a request to the function's queue. */
  public void polled(String nameOrVerb, String operation) {
    find(nameOrVerb).ifPresent(function -> invocations.polled(function.verb(), operation));
  }

  /**
   * Lambda works in the function's role, if that lets it, and writes its log and trace as that;
   * what may not be written is lost, and nothing else.
   */
  private boolean mayStart(StackTemplate.Function function) {
    var session = access.session(function.verb());
    if (session.isEmpty()) {
      return true;
    }
    var stream =
        AccountRegion.LOCAL.arn(
            "logs", "log-group:" + function.logGroup() + ":log-stream:" + function.name());
    access.allows(session.get(), Need.of("logs:CreateLogStream", stream));
    access.allows(session.get(), Need.of("logs:PutLogEvents", stream));
    if (function.traced()) {
      access.allows(session.get(), Need.of("xray:PutTraceSegments", "*"));
      access.allows(session.get(), Need.of("xray:PutTelemetryRecords", "*"));
    }
    return access.allows(LAMBDA, Need.of("sts:AssumeRole", session.get().roleArn()));
  }

  private InvocationResult run(FunctionHost deployed, byte[] event, Optional<String> trace) {
    var function = deployed.function();
    if (!mayStart(function)) {
      return new InvocationResult.Failed(
          "AccessDeniedException",
          "The role defined for the function cannot be assumed by Lambda.");
    }
    var requestId = UUID.randomUUID().toString();
    var arn =
        "arn:aws:lambda:"
            + AccountRegion.LOCAL.region()
            + ":"
            + AccountRegion.LOCAL.account()
            + ":function:"
            + function.name()
            + ":live";
    activity.begin();
    return deployed.invoke(
        new FunctionHost.Invocation(
            requestId, arn, event, trace.orElseGet(() -> newTrace(requestId))),
        activity::end);
  }

  /** A trace of the time at which X-Ray would say it began, of which every request is sampled. */
  private static String newTrace(String requestId) {
    var digits = requestId.replace("-", "");
    return "Root=1-%s-%s;Parent=%s;Sampled=1"
        .formatted(digits.substring(0, 8), digits.substring(8), digits.substring(0, 16));
  }

  static void log(String verb, Throwable problem) {
    synchronized (System.out) {
      System.out.println(verb + ": " + problem);
      problem.printStackTrace(System.out);
    }
  }

  /** Lets nothing new begin and gives what runs two seconds. Calling it twice is safe. */
  @Override
  public void close() throws IOException {
    kind.close();
  }
}
