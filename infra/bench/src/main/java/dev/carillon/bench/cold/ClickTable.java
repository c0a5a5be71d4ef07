package dev.carillon.bench.cold;

import dev.carillon.bench.bare.CallFile;
import dev.carillon.bench.report.Sample;
import dev.carillon.bench.report.Table;
import dev.carillon.bench.stack.BenchStack;
import dev.carillon.bench.stack.Recording;
import dev.carillon.json.Json;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplate;
import dev.carillon.local.template.StackTemplateReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What a click takes of a processor and which calls it makes, the first of a process and one of
 * many, beside a bare handler that makes the same calls. Processor time hardly depends on what else
 * the machine does.
 */
public final class ClickTable {
  private static final String TRACKING = "tracking";
  private static final Pattern LINK = Pattern.compile("/l/[A-Za-z0-9_-]+");

  private final Path home;
  private final int rounds;
  private final int clicks;
  private final Path folder;
  private final StackTemplate.Function function;
  private final Figures ours = new Figures();
  private final Figures bare = new Figures();

  private static final class Figures {
    final List<Double> first = new ArrayList<>();
    final List<Double> more = new ArrayList<>();
    List<String> callsOfFirst = List.of();
    List<String> callsOfMore = List.of();

    void add(ColdFunction.Taken taken, int clicks) {
      first.add(millis(taken.processor()));
      more.add(millis(taken.more()) / clicks);
    }

    private static double millis(Duration time) {
      return time.toNanos() / 1e6;
    }
  }

  /**
   * @param rounds how often each is started
   * @param clicks how many a process answers after its first
   */
  public ClickTable(Path home, int rounds, int clicks) throws IOException {
    this.home = home;
    this.rounds = rounds;
    this.clicks = clicks;
    this.folder = Files.createTempDirectory("carillon-click");
    this.function =
        StackTemplateReader.read(BenchStack.assembly(home), AccountRegion.LOCAL)
            .functions()
            .stream()
            .filter(it -> it.verb().equals(TRACKING))
            .findFirst()
            .orElseThrow();
  }

  public Table measure() throws IOException, InterruptedException {
    var recording = new Recording(BenchStack.temporary("recording"));
    try (var stack = BenchStack.start(home, List.of(recording.option()))) {
      byte[] event = event(stack, recording);
      for (int i = 0; i < rounds; i++) {
        round(new ColdFunction(function, stack.aws(), stack.base()), recording, event);
      }
    }
    return new Table(
        "click",
        "A click: milliseconds of a processor, medians of " + rounds,
        List.of(
            "first: from the process's start, the JVM's own included, to its first answer. then:"
                + " each of the next "
                + clicks
                + ", compilers included. As its process counts them, in steps of 10 ms.",
            "bare: a handler that makes the same calls through the same clients, is given an empty"
                + " event and answers as little.",
            "What a click costs in units is in the table cost."),
        List.of(row("tracking", ours, bare), row("bare", bare, bare)));
  }

  private static byte[] event(BenchStack stack, Recording recording)
      throws IOException, InterruptedException {
    stack.call("PUT", "/v1/users/u0", "{\"name\":\"User\",\"email\":\"u0@example.com\"}");
    stack.trigger("tracked", "{\"recipients\":[\"u0\"],\"data\":{\"page\":\"offer\"}}");
    stack.settle();
    String link =
        stack.outbox().stream()
            .flatMap(mail -> LINK.matcher(mail.text("html").orElse("")).results())
            .map(match -> match.group())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("No mail has a tracked link"));
    long mark = recording.mark();
    stack.follow(link);
    return recording
        .event(TRACKING, mark)
        .orElseThrow(() -> new IllegalStateException("No click came"));
  }

  private void round(ColdFunction cold, Recording recording, byte[] event)
      throws IOException, InterruptedException {
    long mark = recording.mark();
    var answered = new AtomicLong();
    ours.add(
        cold.taken(new Start.Plain(), event, clicks, () -> answered.set(now(recording))), clicks);
    List<SdkPojo> more = recording.calls(Optional.of(TRACKING), answered.get());
    List<SdkPojo> all = recording.calls(Optional.of(TRACKING), mark);
    List<SdkPojo> first = all.subList(0, all.size() - more.size());
    ours.callsOfFirst = names(first);
    ours.callsOfMore = names(more);

    Path calls = folder.resolve("calls");
    CallFile.write(calls, first);
    var other = cold.bare(BareJar.of(home, folder, TRACKING), calls);
    // What it makes after its first answer are the calls of any other click.
    bare.add(
        other.taken(
            new Start.Plain(),
            new byte[] {'{', '}'},
            clicks,
            () -> write(calls, more.subList(0, 1))),
        clicks);
    bare.callsOfFirst = ours.callsOfFirst;
    bare.callsOfMore = ours.callsOfMore;
  }

  private static long now(Recording recording) {
    try {
      return recording.mark();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, List<SdkPojo> calls) {
    try {
      CallFile.write(file, calls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(List<SdkPojo> calls) {
    return calls.stream().map(it -> it.getClass().getSimpleName().replace("Request", "")).toList();
  }

  private Json.Obj row(String name, Figures of, Figures beside) {
    double first = Sample.of(of.first).at(50);
    double more = Sample.of(of.more).at(50);
    boolean one =
        of.callsOfMore.size() == clicks && of.callsOfMore.stream().allMatch("SendMessage"::equals);
    return Json.object()
        .with("handler", name)
        .with("first ms", Table.number(first))
        .with("first × bare", Table.number(first / Sample.of(beside.first).at(50)))
        .with("calls of the first", String.join(" ", of.callsOfFirst))
        .with("then ms", Table.number(more))
        .with("then × bare", Table.number(more / Sample.of(beside.more).at(50)))
        .with("calls of each", one ? "SendMessage" : of.callsOfMore.size() + " in all")
        .with(Table.MET, Json.of(one));
  }
}
