/** What a step says, made from its templates. */
package dev.carillon.functions.steps.render;
