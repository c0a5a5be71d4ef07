package dev.carillon.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A real process, killed while several clients write: whatever it acknowledged is there after. */
class KillTest {
  private static final int WRITERS = 4;
  private static final int ENOUGH = 150;

  @TempDir Path data;

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final CountDownLatch enough = new CountDownLatch(ENOUGH);

  @Test
  void nothing_acknowledged_is_lost() throws Exception {
    var process = start();
    try {
      var endpoint = endpoint(process);
      var dead = new AtomicBoolean();
      var writers =
          IntStream.range(0, WRITERS)
              .mapToObj(n -> Thread.ofVirtual().start(() -> write(endpoint, n, dead)))
              .toList();
      // However long that takes; who dies first ends it.
      while (enough.getCount() > 0 && writers.stream().anyMatch(Thread::isAlive)) {
        enough.await(1, TimeUnit.SECONDS);
      }
      process.destroyForcibly().waitFor();
      dead.set(true);
      for (var writer : writers) {
        writer.join();
      }
    } finally {
      process.destroyForcibly();
    }

    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);
    assertThat(found()).containsAll(acknowledged);
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledStack.class.getName(),
                data.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static URI endpoint(Process process) throws IOException {
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("ready ")) {
        return URI.create(line.substring("ready ".length()));
      }
    }
    throw new IllegalStateException("The process ended before it was ready");
  }

  /** Puts, transactions and messages by turns, each noted once it is acknowledged. */
  private void write(URI endpoint, int writer, AtomicBoolean dead) {
    try (var dynamo = Bench.client(DynamoDbClient.builder(), endpoint);
        var sqs = Bench.client(SqsClient.builder(), endpoint)) {
      for (var n = 0; !dead.get(); n++) {
        var name = writer + "-" + n;
        switch (n % 3) {
          case 0 -> dynamo.putItem(put -> put.tableName("carillon").item(item(name)));
          case 1 ->
              dynamo.transactWriteItems(
                  all -> all.transactItems(put(item(name)), put(item(name + "-twin"))));
          default ->
              sqs.sendMessage(
                  send ->
                      send.queueUrl(endpoint + "/" + Bench.ACCOUNT + "/steps").messageBody(name));
        }
        acknowledged.add(name);
        enough.countDown();
      }
    } catch (SdkException _) {
      // The process is gone.
    }
  }

  private static Map<String, AttributeValue> item(String name) {
    return Map.of("pk", AttributeValue.fromS(name));
  }

  private static TransactWriteItem put(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(Put.builder().tableName("carillon").item(item).build())
        .build();
  }

  private Set<String> found() {
    try (var bench = KilledStack.open(data);
        var dynamo = bench.client(DynamoDbClient.builder())) {
      var found = new HashSet<String>();
      dynamo
          .scanPaginator(scan -> scan.tableName("carillon"))
          .items()
          .forEach(item -> found.add(item.get("pk").s()));
      bench.engines.queues().receive("steps", 10_000).forEach(one -> found.add(one.body()));
      assertThat(bench.engines.schedules().size("due")).isEqualTo(1);
      assertThat(bench.engines.secrets().value("a")).contains("1");
      assertThat(bench.clock.instant()).isEqualTo(Bench.START.plusSeconds(60));
      return found;
    }
  }
}
