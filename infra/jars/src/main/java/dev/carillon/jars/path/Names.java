package dev.carillon.jars.path;

import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;

/** Class names as class files write them. */
public final class Names {
  private Names() {}

  /** The classes that a descriptor of a field or method names, without arrays and primitives. */
  public static List<String> types(String descriptor) {
    var types = new ArrayList<String>();
    for (int at = descriptor.indexOf('L'); at >= 0; at = descriptor.indexOf('L', at)) {
      int end = descriptor.indexOf(';', at);
      types.add(descriptor.substring(at + 1, end));
      at = end;
    }
    return types;
  }

  /** The name of a class that is no array. */
  public static String internal(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1);
  }

  /** The class that a method returns; empty when it returns none. */
  public static String returned(String descriptor) {
    String type = descriptor.substring(descriptor.indexOf(')') + 1);
    return type.startsWith("L") ? type.substring(1, type.length() - 1) : "";
  }

  /** The class of an array's elements; of what is no array, itself. */
  public static String element(String type) {
    if (!type.startsWith("[")) {
      return type;
    }
    String element = type.substring(type.lastIndexOf('[') + 1);
    return element.startsWith("L") ? element.substring(1, element.length() - 1) : "";
  }
}
