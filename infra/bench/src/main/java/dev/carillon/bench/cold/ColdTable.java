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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How long each function takes from the start of its process to its first answer, by turns with a
 * bare handler that makes the same calls, and its first request after it was begun. Medians.
 */
public final class ColdTable {
  private static final double JAR_LIMIT = 8;
  private static final byte[] NOTHING = {'{', '}'};

  private final Path home;
  private final int rounds;
  private final Set<String> functions;
  private final Path folder;
  private final StackTemplate template;
  private final Map<String, Figures> figures = new TreeMap<>();

  private static final class Figures {
    final List<Double> plain = new ArrayList<>();
    final List<Double> bare = new ArrayList<>();
    final List<Double> cached = new ArrayList<>();
    final List<Double> processor = new ArrayList<>();
    final List<Double> bareProcessor = new ArrayList<>();
    final List<Double> shaded = new ArrayList<>();
    final List<Double> shadedProcessor = new ArrayList<>();
    final List<Double> cachedProcessor = new ArrayList<>();
    final List<Double> bareCached = new ArrayList<>();
    final List<Double> begun = new ArrayList<>();
    final List<Double> restored = new ArrayList<>();
  }

  /**
   * @param rounds how often each is started each way
   * @param functions those that are started; empty for all
   */
  public ColdTable(Path home, int rounds, Set<String> functions) throws IOException {
    this.home = home;
    this.rounds = rounds;
    this.functions = functions;
    this.folder = Files.createTempDirectory("carillon-cold");
    this.template = StackTemplateReader.read(BenchStack.assembly(home), AccountRegion.LOCAL);
  }

  public Table measure() throws IOException, InterruptedException {
    var recording = new Recording(BenchStack.temporary("recording"));
    var options = List.of("-Dcarillon.poller.concurrency=0", recording.option());
    try (var stack = BenchStack.start(home, options);
        var tap = new QueueTap(template, stack.aws());
        var events = new FreshEvents(stack, recording, tap, home)) {
      var one = new Round(stack, recording, events);
      one.train();
      for (int i = 0; i < rounds; i++) {
        one.plain();
        one.cached();
        one.begun(new Start.Begun());
        one.begun(new Start.Restored());
      }
    }
    var rows = new ArrayList<Json.Obj>();
    for (String verb : FreshEvents.ORDER) {
      if (figures.containsKey(verb)) {
        rows.add(row(verb, figures.get(verb)));
      }
    }
    return new Table(
        "cold",
        "Cold starts: milliseconds from a process's start to its first answer, medians of "
            + rounds,
        List.of(
            "Times are this machine's and provisional: it may have other work. Isolated mode, AWS's"
                + " runtime client, half a processor is not imitated.",
            "bare: a handler that makes the same calls through the same clients, by turns; what"
                + " delivery asks of SES is not among its calls. Packed as the functions are, which"
                + " is what they are held to; shaded: in one jar with its libraries as they are.",
            "AOT: a JDK 25 cache, the jar on the class path.",
            "CPU: milliseconds of the process by its first answer, on all processors; of these the"
                + " ratios tell more when the machine has other work.",
            "first request: of a handler that is made already, and of one restored from a snapshot"
                + " with what its hooks have loaded."),
        rows);
  }

  private final class Round {
    private final BenchStack stack;
    private final Recording recording;
    private final FreshEvents events;
    private final Map<String, Path> bareJars = new HashMap<>();
    private final Map<String, Path> shadedJars = new HashMap<>();

    Round(BenchStack stack, Recording recording, FreshEvents events) {
      this.stack = stack;
      this.recording = recording;
      this.events = events;
    }

    private interface Turn {
      void on(StackTemplate.Function function, byte[] event)
          throws IOException, InterruptedException;
    }

    private void each(Turn turn) throws IOException, InterruptedException {
      events.forget();
      for (String verb : FreshEvents.ORDER) {
        StackTemplate.Function function =
            template.functions().stream()
                .filter(it -> it.verb().equals(verb))
                .findFirst()
                .orElseThrow();
        Optional<byte[]> event = events.next(verb);
        if (event.isPresent() && (functions.isEmpty() || functions.contains(verb))) {
          turn.on(function, event.get());
        } else if (event.isPresent() && FreshEvents.LEADING.contains(verb)) {
          // Unmeasured, for those that are measured find what it leaves.
          cold(function).taken(new Start.Plain(), event.get());
        }
      }
    }

    private ColdFunction cold(StackTemplate.Function function)
        throws IOException, InterruptedException {
      return new ColdFunction(function, stack.aws(), stack.base());
    }

    private Path cache(String name) {
      return folder.resolve(name + ".aot");
    }

    private ColdFunction.Taken bare(StackTemplate.Function function, Start start, long mark)
        throws IOException, InterruptedException {
      Path calls = folder.resolve(function.verb() + ".calls");
      CallFile.write(calls, recording.calls(Optional.of(function.verb()), mark));
      Path jar = bareJars.get(function.verb());
      if (jar == null) {
        jar = BareJar.of(home, folder, function.verb());
        bareJars.put(function.verb(), jar);
      }
      return cold(function).bare(jar, calls).taken(start, NOTHING);
    }

    /** The same calls once more, from the other jar. */
    private ColdFunction.Taken shaded(StackTemplate.Function function)
        throws IOException, InterruptedException {
      String verb = function.verb();
      Path jar = shadedJars.get(verb);
      if (jar == null) {
        jar = BareJar.shaded(home, folder, verb, bareJars.get(verb));
        shadedJars.put(verb, jar);
      }
      return cold(function)
          .bare(jar, folder.resolve(verb + ".calls"))
          .taken(new Start.Plain(), NOTHING);
    }

    void train() throws IOException, InterruptedException {
      each(
          (function, event) -> {
            long mark = recording.mark();
            String verb = function.verb();
            // The second time it is what a queue delivers twice, and meets what the first has left.
            cold(function).taken(new Start.Training(cache(verb)), event, 1, () -> {});
            bare(function, new Start.Training(cache(verb + "-bare")), mark);
          });
    }

    void plain() throws IOException, InterruptedException {
      each(
          (function, event) -> {
            long mark = recording.mark();
            var of = figures.computeIfAbsent(function.verb(), _ -> new Figures());
            var plain = cold(function).taken(new Start.Plain(), event);
            of.plain.add(plain.millis());
            of.processor.add(plain.processor().toNanos() / 1e6);
            var bare = bare(function, new Start.Plain(), mark);
            of.bare.add(bare.millis());
            of.bareProcessor.add(bare.processor().toNanos() / 1e6);
            var shaded = shaded(function);
            of.shaded.add(shaded.millis());
            of.shadedProcessor.add(shaded.processor().toNanos() / 1e6);
          });
    }

    void cached() throws IOException, InterruptedException {
      each(
          (function, event) -> {
            long mark = recording.mark();
            String verb = function.verb();
            var of = figures.computeIfAbsent(verb, _ -> new Figures());
            var cached = cold(function).taken(new Start.Cached(cache(verb)), event);
            of.cached.add(cached.millis());
            of.cachedProcessor.add(cached.processor().toNanos() / 1e6);
            of.bareCached.add(
                bare(function, new Start.Cached(cache(verb + "-bare")), mark).millis());
          });
    }

    void begun(Start start) throws IOException, InterruptedException {
      each(
          (function, event) -> {
            var of = figures.computeIfAbsent(function.verb(), _ -> new Figures());
            (start instanceof Start.Restored ? of.restored : of.begun)
                .add(cold(function).taken(start, event).millis());
          });
    }
  }

  private Json.Obj row(String verb, Figures of) throws IOException {
    double plain = Sample.of(of.plain).at(50);
    double bare = Sample.of(of.bare).at(50);
    double cached = Sample.of(of.cached).at(50);
    double processor = Sample.of(of.processor).at(50);
    // What renders or speaks TLS may take a little more.
    double most = verb.equals("steps") || verb.equals("delivery") ? 1.2 : 1.05;
    double megabytes =
        Files.size(
                template.functions().stream()
                    .filter(it -> it.verb().equals(verb))
                    .findFirst()
                    .orElseThrow()
                    .archive())
            / 1e6;
    return Json.object()
        .with("function", verb)
        .with("plain", Table.number(plain))
        .with("bare", Table.number(bare))
        .with("× bare", Table.number(plain / bare))
        .with("× ≤", Table.number(most))
        .with("shaded", Table.number(Sample.of(of.shaded).at(50)))
        .with("× shaded", Table.number(plain / Sample.of(of.shaded).at(50)))
        .with("AOT", Table.number(cached))
        .with("× plain", Table.number(cached / plain))
        .with("AOT × ≤", Table.number(0.35))
        .with("CPU", Table.number(processor))
        .with("× bare CPU", Table.number(processor / Sample.of(of.bareProcessor).at(50)))
        .with("× shaded CPU", Table.number(processor / Sample.of(of.shadedProcessor).at(50)))
        .with("AOT CPU × plain", Table.number(Sample.of(of.cachedProcessor).at(50) / processor))
        .with("bare AOT", Table.number(Sample.of(of.bareCached).at(50)))
        .with("first request", Table.number(Sample.of(of.begun).at(50)))
        .with("restored", Table.number(Sample.of(of.restored).at(50)))
        .with("jar MB", Table.number(megabytes))
        .with("MB ≤", Table.number(JAR_LIMIT))
        .with(
            Table.MET,
            Json.of(plain <= most * bare && cached <= 0.35 * plain && megabytes <= JAR_LIMIT));
  }
}
