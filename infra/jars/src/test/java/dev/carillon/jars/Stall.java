package dev.carillon.jars;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** A function to pack: lambdas and method references of all kinds. */
final class Stall {
  private Stall() {}

  /** Answers with what they answered, a line each. */
  public static final class Handler implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      var lines = new ArrayList<String>();
      new Lambdas("stall").say(lines::add);
      new Named("more").say(lines::add);
      new References(7).say(lines::add);
      new Values().say(lines::add);
      Weighed.say(lines::add);
      for (Object thing : THINGS) {
        lines.add(Cases.of(thing));
      }
      lines.add(Cases.ofText("b") + Cases.ofText("bb") + Cases.ofText("c"));
      lines.add(Cases.ofSize(Size.SMALL) + Cases.ofSize(Size.LARGE));
      lines.add(Cases.joined('c', (byte) -1, (short) 2, 3, 4L, 5f, 6d, true, null, "\1"));
      lines.add(thrown());
      out.write(String.join("\n", lines).getBytes());
    }
  }

  private static final List<Object> THINGS =
      List.of(
          1,
          200,
          "text",
          "",
          'c',
          7L,
          new int[3],
          new Pair("l", 2),
          new Pair(null, "r"),
          Size.LARGE);

  /** The line of this file that a stack trace tells. */
  static String thrown() {
    Supplier<String> fails =
        () -> {
          throw new IllegalStateException("sold out");
        };
    try {
      return fails.get();
    } catch (IllegalStateException e) {
      StackTraceElement at = e.getStackTrace()[0];
      return at.getFileName() + ":" + at.getLineNumber();
    }
  }

  static class Lambdas {
    private static final Function<String, String> AT_FIRST = it -> it + "!";

    private final String name;

    Lambdas(String name) {
      this.name = name;
    }

    void say(Consumer<String> lines) {
      lines.accept(AT_FIRST.andThen(it -> it + "?").apply("early"));
      int count = 3;
      long wide = 1L << 40;
      double half = 0.5;
      boolean yes = true;
      char sign = '+';
      byte small = -1;
      String[] several = {"a", "b"};
      Supplier<String> captured =
          () -> name + count + wide + half + yes + sign + small + several[1] + lines.equals(lines);
      lines.accept(captured.get());
      Function<Integer, Supplier<Integer>> nested = a -> () -> a + count;
      lines.accept("nested " + nested.apply(4).get());
      BiFunction<Long, Integer, Long> sum = (a, b) -> a + b;
      lines.accept("sum " + sum.apply(1L, 2));
      Supplier<String> above = super::toString;
      lines.accept("above " + above.get().startsWith("dev.carillon.jars.Stall$"));
      lines.accept("same " + (none() == none()) + " " + (one(1) == one(1)));
      lines.accept("kept " + new String(serialized().get()));
      Comparator<String> order = (a, b) -> a.length() - b.length();
      lines.accept(
          List.of("ccc", "bb", "aa").stream()
              .sorted(order.reversed().thenComparing(Comparator.naturalOrder()))
              .toList()
              .toString());
      Runnable quiet = () -> lines.accept("run by " + name());
      quiet.run();
    }

    private static Runnable none() {
      return () -> {};
    }

    private static Runnable one(int captured) {
      return () -> List.of(captured);
    }

    private static <T extends Supplier<byte[]> & Serializable> Supplier<byte[]> serialized() {
      @SuppressWarnings("unchecked")
      T it = (T) (Supplier<byte[]> & Serializable) () -> "kept".getBytes();
      return it instanceof Serializable ? it : () -> new byte[0];
    }

    // Of the same name as one of a class below it, and no less hidden from it.
    private String name() {
      return "a stall";
    }
  }

  static final class Named extends Lambdas {
    Named(String name) {
      super(name);
    }

    @Override
    void say(Consumer<String> lines) {
      super.say(lines);
      Supplier<String> own = this::name;
      lines.accept(own.get());
      Supplier<String> body = () -> name() + " again";
      lines.accept(body.get());
    }

    private String name() {
      return "a named stall";
    }

    @Override
    public String toString() {
      return "a stall's other name";
    }
  }

  record References(int number) {
    private References(String text) {
      this(text.length());
    }

    private static String hidden(int value) {
      return "hidden " + value;
    }

    private String more(int value, Object text) {
      return "more " + (number + value) + text;
    }

    void say(Consumer<String> lines) {
      Function<String, Integer> length = String::length;
      ToIntFunction<String> plain = String::length;
      Function<Object, String> text = Object::toString;
      BinaryOperator<String> joined = String::concat;
      Supplier<List<String>> list = ArrayList::new;
      Function<String, References> made = References::new;
      IntFunction<String> hidden = References::hidden;
      Function<Integer, String> unboxed = References::hidden;
      BiFunction<Integer, String, String> more = this::more;
      IntFunction<int[]> arrays = int[]::new;
      Function<int[], Object> copied = int[]::clone;
      Function<List<?>, Integer> size = List::size;
      Function<String, List<String>> listed = List::of;
      Function<String[], List<String>> varied = List::of;
      Callable<String> called = "called"::toUpperCase;
      Predicate<String> blank = String::isBlank;
      Consumer<String> ignored = list.get()::add;
      ignored.accept("nothing");
      lines.accept(length.apply("four") + plain.applyAsInt("five5") + text.apply('c'));
      lines.accept(joined.apply("jo", "ined") + list.get() + made.apply("12345"));
      lines.accept(hidden.apply(1) + unboxed.apply(2) + more.apply(3, "!"));
      lines.accept("" + arrays.apply(3).length + ((int[]) copied.apply(new int[4])).length);
      lines.accept(
          size.apply(List.of(1)) + "" + listed.apply("x") + varied.apply(new String[] {"p", "q"}));
      try {
        lines.accept(called.call() + blank.negate().test(" ") + blank.or(_ -> true).test("y"));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What a value becomes on its way. */
  static final class Values {
    private int plain() {
      return 41;
    }

    private static Long boxed(Integer value) {
      return value + 1L;
    }

    private static int twice(int value) {
      return value * 2;
    }

    void say(Consumer<String> lines) {
      LongSupplier widened = this::plain;
      Supplier<Integer> boxed = this::plain;
      ToLongFunction<Integer> unboxed = Values::boxed;
      IntToLongFunction both = Values::boxed;
      IntUnaryOperator plain = Values::twice;
      Function<Integer, Integer> around = Values::twice;
      ToLongFunction<Integer> further = Values::twice;
      Function<Integer, Object> any = Values::twice;
      Comparator<Integer> compared = Integer::compare;
      Priced<Long> priced = it -> it + 5;
      lines.accept("widened " + widened.getAsLong() + " " + boxed.get());
      lines.accept("unboxed " + unboxed.applyAsLong(1) + " " + both.applyAsLong(2));
      lines.accept("twice " + plain.applyAsInt(1) + around.apply(2) + further.applyAsLong(3));
      lines.accept("any " + any.apply(4) + compared.compare(1, 2) + priced.twice(1L));
      lines.accept(wrong());
    }

    /** The JVM looks at what is handed on where a cast stands in no source. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static String wrong() {
      Function<String, Integer> length = it -> 1;
      try {
        return "right " + ((Function) length).apply(2);
      } catch (ClassCastException _) {
        return "no text";
      }
    }
  }

  interface Priced<T> {
    T price(T of);

    default T twice(T of) {
      return price(price(of));
    }
  }

  interface Weighed {
    int weight();

    default Supplier<String> heavy() {
      Supplier<String> own = this::text;
      return () -> own.get() + weight();
    }

    private String text() {
      return "weighs ";
    }

    private static Weighed of(int weight) {
      return () -> weight;
    }

    static void say(Consumer<String> lines) {
      IntFunction<Weighed> of = Weighed::of;
      lines.accept(of.apply(9).heavy().get());
    }
  }

  enum Size {
    SMALL,
    LARGE
  }

  record Pair(Object left, Object right) {}

  interface Cases {
    static String of(Object thing) {
      return switch (thing) {
        case null -> "none";
        case Integer number when number > 100 -> "large " + number;
        case Integer number -> "small " + number;
        case String text when text.isEmpty() -> "empty";
        case CharSequence text -> "text " + text;
        case int[] numbers -> numbers.length + " numbers";
        case Pair(String left, Integer right) -> left + right;
        case Pair(var left, var right) -> "pair " + left + right;
        case Size size -> "size " + size;
        default -> "else " + thing;
      };
    }

    static String ofText(String text) {
      return switch (text) {
        case "b" -> "one b, ";
        case String longer when longer.length() > 1 -> longer + " is longer, ";
        case String other -> "not " + other;
      };
    }

    static String ofSize(Size size) {
      return switch (size) {
        case SMALL -> "S";
        case Size other when other.ordinal() > 0 -> "L";
        case LARGE -> "never";
      };
    }

    static String joined(
        char sign,
        byte small,
        short more,
        int number,
        long wide,
        float half,
        double whole,
        boolean yes,
        Object none,
        String text) {
      return sign + " " + small + more + number + wide + half + whole + yes + none + text + "%";
    }
  }
}
