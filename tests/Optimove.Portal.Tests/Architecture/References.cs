using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Optimove.Portal.Tests.Architecture;

/// <summary>Which type uses which, read from the compiled assemblies; what the compiler made counts for the type it was made for.</summary>
internal static class References
{
    public static readonly ModuleDefinition Portal = Read("Optimove.Portal");
    public static readonly ModuleDefinition Providers = Read("Optimove.Portal.Providers");
    public static readonly ModuleDefinition Targeting = Read("Optimove.Portal.Targeting");
    public static readonly ModuleDefinition Twins = Read("Optimove.Portal.Twins");

    public static IEnumerable<(TypeDefinition From, TypeReference To)> Of(ModuleDefinition module) =>
        module.Types.SelectMany(type => Used(type).Select(Outermost).DistinctBy(t => t.FullName).Select(to => (type, to)));

    private static ModuleDefinition Read(string name) => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, name + ".dll"));

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }

    private static IEnumerable<TypeReference> Used(TypeDefinition type)
    {
        IEnumerable<TypeReference?> direct =
        [
            type.BaseType,
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. type.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType),
            .. type.CustomAttributes.Select(a => a.AttributeType),
            .. type.Fields.Select(f => f.FieldType),
            .. type.Properties.Select(p => p.PropertyType),
        ];
        return direct.OfType<TypeReference>().SelectMany(Parts)
            .Concat(type.Methods.SelectMany(Used))
            .Concat(type.NestedTypes.SelectMany(Used));
    }

    private static IEnumerable<TypeReference> Used(MethodDefinition method)
    {
        IEnumerable<TypeReference> signature =
        [
            method.ReturnType,
            .. method.Parameters.Select(p => p.ParameterType),
            .. method.CustomAttributes.Select(a => a.AttributeType),
        ];
        var body = method.HasBody
            ? method.Body.Variables.Select(v => v.VariableType).Concat(method.Body.Instructions.SelectMany(Used))
            : [];
        return signature.Concat(body).SelectMany(Parts);
    }

    private static IEnumerable<TypeReference> Used(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        GenericParameter => [],
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };
}
