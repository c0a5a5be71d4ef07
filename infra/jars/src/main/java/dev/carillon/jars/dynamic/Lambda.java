package dev.carillon.jars.dynamic;

import dev.carillon.jars.path.ClassShape;
import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A lambda or a method reference, for which the JVM would make a class when it is first come by.
 *
 * @param host internal name of the class whose code has it
 * @param method of the interface
 * @param factory what it captures, and the interface
 * @param erased the method's type as the interface has it
 * @param actual the method's type as it is used here: the same, or nearer
 * @param target what is called: with what is captured, then with the method's arguments
 */
public record Lambda(
    String host,
    String method,
    MethodTypeDesc factory,
    MethodTypeDesc erased,
    MethodTypeDesc actual,
    DirectMethodHandleDesc target) {
  private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";

  /** Those of a class, in the order of its constant pool. */
  static Set<Lambda> of(ClassShape host) {
    var lambdas = new LinkedHashSet<Lambda>();
    host.dynamic.forEach(it -> of(host.name, it).ifPresent(lambdas::add));
    return lambdas;
  }

  /** Empty when it is something else, or a lambda that can be serialized. */
  static Optional<Lambda> of(String host, InvokeDynamicEntry entry) {
    BootstrapMethodEntry bootstrap = entry.bootstrap();
    var by = bootstrap.bootstrapMethod().reference();
    if (!by.owner().asInternalName().equals(FACTORY) || !by.name().equalsString("metafactory")) {
      return Optional.empty();
    }
    return Optional.of(
        new Lambda(
            host,
            entry.name().stringValue(),
            entry.typeSymbol(),
            ((MethodTypeEntry) bootstrap.arguments().get(0)).asSymbol(),
            ((MethodTypeEntry) bootstrap.arguments().get(2)).asSymbol(),
            ((MethodHandleEntry) bootstrap.arguments().get(1)).asSymbol()));
  }

  /** How many of the target's arguments are captured. */
  int captured() {
    return factory.parameterCount();
  }

  /** The target among its class's methods, as {@link ClassShape#key} writes it. */
  String targetKey() {
    return target.methodName() + target.lookupDescriptor();
  }
}
