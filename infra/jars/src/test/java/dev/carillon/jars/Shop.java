package dev.carillon.jars;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;

/** A function to pack: what it reaches in many ways, beside what it does not. */
final class Shop {
  private Shop() {}

  /** Answers with what it found, a line each. */
  public static final class Handler implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      var lines = new ArrayList<String>();
      Goods goods = new Fruit("apple");
      lines.add(goods.label());
      lines.add(goods.price());
      lines.add(new Basket(List.of(new Fruit("pear"), new Fruit("fig"))).sorted());
      lines.add(Size.valueOf(Size.class, "LARGE").name() + Size.LARGE.inches());
      lines.add(loud(Shop::shout).say("hello"));
      lines.add(looked("dev.carillon.jars.Shop$ByName"));
      ServiceLoader.load(Till.class).forEach(till -> lines.add(till.ring()));
      lines.add(describe(new Fruit("plum")));
      lines.add(new Fruit("kiwi").toString());
      out.write(String.join("\n", lines).getBytes());
    }
  }

  static String looked(String name) {
    try {
      return Class.forName(name).getDeclaredConstructor().newInstance().toString();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static String shout(String text) {
    return text.toUpperCase();
  }

  static Speech loud(UnaryOperator<String> how) {
    return how::apply;
  }

  static String describe(Object thing) {
    return switch (thing) {
      case Fruit(var name) -> "fruit " + name;
      case Tool _ -> "tool";
      default -> "nothing";
    };
  }

  interface Speech {
    String say(String text);

    default String whisper() {
      return new Unreached().toString();
    }
  }

  interface Goods {
    String label();

    default String price() {
      return "free";
    }

    default String recall() {
      return new Unreached().toString();
    }
  }

  /** Its price is a default's of an interface nearer to it. */
  interface Sold extends Goods {
    @Override
    default String price() {
      return "one euro";
    }
  }

  record Fruit(String name) implements Sold, Comparable<Fruit> {
    @Override
    public String label() {
      return name;
    }

    @Override
    public int compareTo(Fruit other) {
      return Comparator.comparing(Fruit::name).compare(this, other);
    }

    String peeled() {
      return new Unreached().toString();
    }
  }

  record Tool() {}

  record Basket(List<Fruit> fruits) {
    String sorted() {
      Fruit[] all = fruits.toArray(Fruit[]::new);
      Arrays.sort(all);
      return all[0].label();
    }
  }

  enum Size {
    SMALL,
    LARGE {
      @Override
      int inches() {
        return 9;
      }
    };

    int inches() {
      return 1;
    }
  }

  static final class ByName {
    @Override
    public String toString() {
      return "by name";
    }
  }

  /** A service. */
  public interface Till {
    String ring();
  }

  /** Its provider. */
  public static final class Bell implements Till {
    @Override
    public String ring() {
      return "ding";
    }
  }

  /** Asks what any lambda would say yes to once they share a class. */
  static final class Suspicious {
    static boolean isRun(Object thing) {
      return thing instanceof Runnable;
    }
  }

  /** What nothing reaches. */
  static final class Unreached {}
}
