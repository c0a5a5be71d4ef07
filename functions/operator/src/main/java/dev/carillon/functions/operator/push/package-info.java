/** A project and its files, from reading them to storing what they say. */
package dev.carillon.functions.operator.push;
