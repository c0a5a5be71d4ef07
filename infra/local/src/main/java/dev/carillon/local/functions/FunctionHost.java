package dev.carillon.local.functions;

import dev.carillon.local.template.StackTemplate;
import java.io.IOException;
import java.util.Map;

/** Where the handler of one function runs. Safe for many threads. */
public interface FunctionHost {

  /** Makes hosts, all of one kind, and ends what they share. */
  interface Kind extends AutoCloseable {
    /**
     * @param variables all that the function finds in its environment, but for what the kind adds
     */
    FunctionHost host(StackTemplate.Function function, Map<String, String> variables);

    /** Lets nothing new begin and gives what runs two seconds at most. Calling it twice is safe. */
    @Override
    void close() throws IOException;
  }

  /**
   * One invocation.
   *
   * @param arn what was invoked: the function's alias
   * @param trace the trace that it is part of, as X-Ray writes it in headers
   */
  record Invocation(String requestId, String arn, byte[] event, String trace) {}

  StackTemplate.Function function();

  /**
   * Gets ready for the first event, if this kind can do so ahead of it. What the handler's
   * constructor throws is passed on.
   */
  void start() throws Exception;

  /**
   * Runs the handler and waits for its end or its timeout, in real time.
   *
   * @param ended run once, when nothing of the invocation is at work any more: after a timeout this
   *     may be later
   */
  InvocationResult invoke(Invocation invocation, Runnable ended);

  /** What Lambda writes of an invocation that ran too long. */
  default InvocationResult.TimedOut timedOut(Invocation invocation) {
    var message =
        invocation.requestId()
            + " Task timed out after "
            + function().timeout().toSeconds()
            + ".00 seconds";
    System.out.println(function().verb() + ": " + message);
    return new InvocationResult.TimedOut(message);
  }
}
