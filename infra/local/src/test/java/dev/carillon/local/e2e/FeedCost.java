package dev.carillon.local.e2e;

import dev.carillon.json.Json;
import dev.carillon.local.launch.FeedWatcher;
import java.net.URI;
import java.net.http.HttpClient;

/** What the live feed uses of the table, as {@code /_local/stats} counts it. */
final class FeedCost {
  private static final String CHANNEL = "6a1f0c52-8d3b-4c7e-9b40-1e5d2f7a9c02";

  private final RunningStack stack;

  FeedCost(RunningStack stack) {
    this.stack = stack;
  }

  /** Units of the table, and requests that send to queues. */
  record Units(double writes, double reads, double sends) {
    Units each(int count) {
      return new Units(writes / count, reads / count, sends / count);
    }
  }

  /** Something that is done to the stack. */
  interface Work {
    void run() throws Exception;
  }

  /** What these functions use while it is done and comes to rest. */
  Units of(Work work, String... functions) throws Exception {
    Units before = soFar(functions);
    work.run();
    stack.settle();
    Units after = soFar(functions);
    return new Units(
        after.writes - before.writes, after.reads - before.reads, after.sends - before.sends);
  }

  private Units soFar(String... functions) throws Exception {
    Json.Obj stats = stack.json("/_local/stats");
    double writes = 0;
    double reads = 0;
    double sends = 0;
    for (String name : functions) {
      Json.Obj function = stats.object(name);
      writes += decimal(function, "write_units");
      reads += decimal(function, "read_units");
      sends += decimal(function.object("calls"), "sqs:SendMessageBatch");
    }
    return new Units(writes, reads, sends);
  }

  private static double decimal(Json.Obj json, String name) {
    return json.fields().get(name) instanceof Json.Num(var value) ? value.doubleValue() : 0;
  }

  /** A page that watches the user's feed. */
  FeedWatcher join(String user) throws Exception {
    return FeedWatcher.join(
        HttpClient.newHttpClient(),
        URI.create(
            "ws"
                + stack.base().toString().substring("http".length())
                + "/ws/v1/websocket?vsn=2.0.0&api_key=pk_local&user_id="
                + user),
        "feeds:" + CHANNEL + ":" + user);
  }
}
