/**
 * Writes out what the JVM would make when it first comes by an instruction: classes of lambdas,
 * switches over types, texts that are joined.
 */
package dev.carillon.jars.dynamic;
