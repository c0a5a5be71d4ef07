package dev.carillon.local.rescue;

import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** What came of looking at one part of a deployment. */
sealed interface Look<T> {

  record Found<T>(T value) implements Look<T> {}

  /** It is not there, or there is nothing of the kind where we look. */
  record Nothing<T>() implements Look<T> {}

  /** Nobody could say: no permission, no answer, a function that failed. */
  record Failed<T>(String reason) implements Look<T> {}

  /** Looks; what AWS refuses is an answer too, so that the rest is looked at all the same. */
  static <T> Look<T> at(Supplier<Look<T>> part) {
    try {
      return part.get();
    } catch (SdkException | IllegalStateException e) {
      return new Failed<>(e.getMessage());
    }
  }
}
