package dev.carillon.storage;

import dev.carillon.runtime.Overloaded;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** What is still throttled after the SDK's own tries becomes {@link Overloaded}. */
final class ThrottledCalls implements ExecutionInterceptor {
  private final String service;

  ThrottledCalls(String service) {
    this.service = service;
  }

  @Override
  public Throwable modifyException(Context.FailedExecution failed, ExecutionAttributes attributes) {
    if (failed.exception() instanceof AwsServiceException refusal
        && refusal.isThrottlingException()) {
      // Thrown, as only an exception of the same class may be returned.
      throw new Overloaded(service + " throttles", refusal);
    }
    return failed.exception();
  }
}
