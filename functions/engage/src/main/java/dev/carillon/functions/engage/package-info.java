/** Records clicks and opens. */
package dev.carillon.functions.engage;
